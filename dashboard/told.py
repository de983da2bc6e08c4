"""What does the page say of the choice as it stands?"""

from __future__ import annotations

from dashboard import figures
from dashboard.choice import CASE
from dashboard.session import Session
from dashboard.texts import Texts
from model.calendar import POLICY_START


def scenario_title(texts: Texts, session: Session, name: str | None = None) -> str:
    """Return the title of a scenario in the language of the page."""
    scenario = session.find(name or session.choice.scenario)
    return scenario.text_in("title", texts.language) or scenario.name


def levers_text(texts: Texts, n_levers: int) -> str:
    """Say how many levers differ from the scenario."""
    return (
        texts("page.levers_none")
        if n_levers == 0
        else texts("page.levers_one" if n_levers == 1 else "page.levers_many", n=n_levers)
    )


def sentence(texts: Texts, session: Session) -> str:
    """Say in one sentence what is simulated."""
    return texts(
        "page.sentence", n_children=figures.count(texts, session.base().n_children), policy_start=figures.day(texts, POLICY_START)
    )


def legend(texts: Texts, session: Session) -> dict[str, str]:
    """Return what the colours of the charts mean; a scenario other than the case is its own baseline."""
    keys = texts.several("page", "key_baseline", "key_policy", "key_history", "key_band")
    if session.choice.scenario == CASE:
        return keys
    return keys | {"key_baseline": texts("page.key_scenario", title=scenario_title(texts, session))}
