"""Who pays whom, and can the fund bear it? One year at a time, for your policy or the baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.parts.lead import Lead
from dashboard.parts.plot import PlotPart
from dashboard.parts.progress import Progress
from dashboard.parts.standing import Standing
from dashboard.rooms.money import places, statements
from dashboard.rooms.money.books import Look, chances, look
from dashboard.rooms.money.chance_pictures import ruin_plot, solvency_plot
from dashboard.rooms.money.drill import Drill
from dashboard.rooms.money.flow_picture import flow_plot
from dashboard.rooms.money.flows import flows
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import use_work


@component_vue("bar.vue")
def Bar(
    said: dict[str, Any], years: list[int], year: int, sides: list[dict[str, str]], side: str, seeds: list[int], world: str,
    event_take: Callable[[dict[str, str]], None],
) -> None:  # fmt: skip
    """Year, side and world."""


@solara.component
def Room(session: Session) -> None:
    """The fund's year, its balance sheet, its chances, and every payment."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  another policy or scenario has other books
    base, settings, seed = session.base(), session.choice.settings, places.seed(session)
    work = use_work()
    wanted = (base.mark, seed, settings)
    solara.use_effect(lambda: work.begin(lambda report: look(base, seed, settings, report)), [wanted])
    found = work.state.value.result
    is_now = found is not None and found.of == wanted
    Lead(title=texts("money.title"), text=texts("money.lead"))
    with solara.Div(classes=["room-grid"]):
        if not is_now:
            Progress(work, texts, texts("money.adding_up"))
        if found is not None:
            with Standing(texts, is_old=not is_now, is_computing=work.state.value.name == "running"):
                _shown(session, texts, found)


def _shown(session: Session, texts: Texts, found: Look) -> None:
    if found.policy.has_fund or found.baseline.has_fund:
        _year(session, texts, found)
    else:
        with solara.Div(classes=["card"]):
            solara.Text(texts("money.no_fund"))


def _year(session: Session, texts: Texts, found: Look) -> None:
    is_policy = places.is_policy(session) and found.policy is not found.baseline
    is_moved = found.policy is not found.baseline
    books = found.policy if is_policy else found.baseline
    year = places.year(session, books)
    kind = session.place("money_kind").value
    _bar(session, texts, found, year, is_policy=is_policy)
    if flows(books, year).income or flows(books, year).spent:
        PlotPart(session, flow_plot(texts, books, year, is_policy=is_policy))
    else:
        with solara.Div(classes=["card"]):
            solara.Text(texts("money.no_flows", year=year))
    with solara.Div(classes=["room-columns"]):
        statements.hundred(texts, books, year)
        statements.balance_sheet(session, texts, found, year, is_policy=is_policy)
        PlotPart(session, solvency_plot(texts, found.policy, found.baseline, is_moved=is_moved))
        Ruin(session)
    statements.kinds_of_payment(
        session, texts, found, year, kind, lambda name: places.take(session, "kind", "" if name == kind else name, books)
    )
    Drill(session, found, year, is_policy)


def _bar(session: Session, texts: Texts, found: Look, year: int, *, is_policy: bool) -> None:
    years = list(found.policy.years)
    said = texts.several("money", "year_label", "earlier", "later", "side_label", "world_label", "same")
    sides = [{"name": name, "title": texts(f"money.{name}")} for name in ("policy", "baseline")]
    Bar(
        said={**said, "years": [texts("money.year_named", year=one) for one in years]},
        years=years,
        year=year,
        sides=sides if found.policy is not found.baseline else [],
        side="policy" if is_policy else "baseline",
        seeds=list(session.choice.seeds),
        world=str(places.seed(session)),
        event_take=lambda sent: _take(session, found, sent),
    )


def _take(session: Session, found: Look, sent: object) -> None:
    if isinstance(sent, dict):
        places.take(session, sent.get("name"), sent.get("value"), found.policy)


@solara.component
def Ruin(session: Session) -> None:
    """In how many worlds the plan comes to an end."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018
    base, choice = session.base(), session.choice
    work = use_work()
    wanted = (base.mark, *choice.asks_for)
    solara.use_effect(lambda: work.begin(lambda report: chances(base, choice, report)), [wanted])
    found = work.state.value.result
    with solara.Div(classes=["money-ruin"]):
        if found is None or found.of != wanted:
            with solara.Div(classes=["card"]):
                solara.HTML(tag="h3", unsafe_innerHTML=texts("money.ruin_title"), classes=["chart-title"])
                Progress(work, texts, texts("money.counting", n=choice.n_worlds))
        else:
            PlotPart(session, ruin_plot(texts, found, is_moved=bool(choice.settings)))
