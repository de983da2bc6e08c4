"""What comes of many runs? Open a sweep or run a small one; a map, lines and bars; each point opens in Decide."""

from __future__ import annotations

import solara

from dashboard.parts.lead import Lead
from dashboard.parts.progress import Progress
from dashboard.rooms.sweeps.form import Form
from dashboard.rooms.sweeps.found import Listed, listed, opened
from dashboard.rooms.sweeps.look import Look
from dashboard.rooms.sweeps.own import Own, own_of
from dashboard.rooms.sweeps.shelf import Shelf
from dashboard.rooms.sweeps.sweep import Sweep
from dashboard.session import Session
from dashboard.texts import Texts
from model.refusal import ScenarioError


@solara.component
def Room(session: Session) -> None:
    """The sweeps there are, a form for another, and what the open one says."""
    texts = Texts(session.language.value)
    own = own_of(session)
    number, again = solara.use_state(0)
    there = solara.use_memo(listed, [number])
    wanted = session.place("sweeps_open").value or usual_sweep(own, there)
    sweep, problem = solara.use_memo(lambda: _opened(own, wanted), [wanted, number, len(own.sweeps.value)])
    Lead(title=texts("sweeps.title"), text=texts("sweeps.sentence"))
    with solara.Div(classes=["sweeps-body"]):
        Shelf(session, texts, own, there, wanted, lambda: again(number + 1))
        Form(session, texts, own)
        with solara.Div(classes=["sweeps-results"]):
            if own.work.state.value.name not in ("idle", "done"):
                Progress(own.work, texts, texts("sweeps.running"))
            if problem or (wanted and sweep is None):
                solara.Div(classes=["problem"], attributes={"role": "alert"}, children=[problem or texts("sweeps.gone")])
            if sweep is not None:
                Look(session, texts, sweep).key(f"{sweep.name} {number}")
            elif not wanted:
                solara.Div(classes=["card", "quiet"], children=[texts("sweeps.none")])


def usual_sweep(own: Own, there: list[Listed]) -> str:
    """Return the name of the sweep that is open unless another is chosen: the visitor's last, otherwise the folder's first."""
    names = [one.name for one in own.sweeps.value[::-1]] + [one.name for one in there if not one.problem]
    return names[0] if names else ""


def _opened(own: Own, name: str) -> tuple[Sweep | None, str]:
    """A sweep by its name, or why it cannot be read."""
    try:
        return (own.find(name) or opened(name)) if name else None, ""
    except ScenarioError as error:
        return None, str(error)
