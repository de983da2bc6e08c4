"""What happens if I decide so? Levers beside the results; every move is simulated."""

from __future__ import annotations

import solara

from dashboard.parts.lead import Lead
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
        with solara.Div(classes=["alliance-results"]):
            Headline(session)
            with solara.Div(classes=["card"]):
                KeepButton(session)
            Readings(session)
            Charts(session)
            AllFigures(session)
