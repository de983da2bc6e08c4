"""What happens if I decide so? Levers beside the results; every move is simulated."""

from __future__ import annotations

import solara

from dashboard.parts.lead import Lead
from dashboard.parts.standing import Standing
from dashboard.rooms.compare.keep import KeepButton
from dashboard.rooms.decide.charts import Charts
from dashboard.rooms.decide.figures_table import AllFigures
from dashboard.rooms.decide.headline import Headline
from dashboard.rooms.decide.levers import Levers
from dashboard.rooms.decide.readings import Readings
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import legend, sentence


@solara.component
def Room(session: Session) -> None:
    """Levers, headline, charts."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  another scenario may have other children
    keys = legend(texts, session)
    Lead(text=sentence(texts, session), marks=[[name.replace("_", "-"), meaning] for name, meaning in keys.items()])
    with solara.Div(classes=["alliance-body"]):
        Levers(session)
        Results(session)


@solara.component
def Results(session: Session) -> None:
    """What came of the choice; what came of another world is grey until its successor is there."""
    texts = Texts(session.language.value)
    session.asked.value  # noqa: B018  every move: figures of the levers before are called so
    whole, problem = session.whole.value, session.problem.value
    is_old = session.is_of_another_world(whole)
    is_computing = session.is_of_another_policy(whole) and problem not in ("simulation", "refused")
    with solara.Div(classes=["alliance-results"]):
        with Standing(texts, is_old=is_old, is_computing=is_computing):
            Headline(session)
        with solara.Div(classes=["card"]):
            KeepButton(session)
        Readings(session)
        with Standing(texts, is_old=is_old, is_computing=is_computing):
            Charts(session)
            AllFigures(session)
