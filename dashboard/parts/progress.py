"""How far is it, and how do I stop it?"""

from __future__ import annotations

from collections.abc import Callable

import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.texts import Texts
from dashboard.work import Work


@component_vue("progress.vue")
def ProgressBar(done: float, texts: dict[str, str], event_stop: Callable[[object], None]) -> None:
    """A bar with a button, or what went wrong in plain words."""


@solara.component
def Progress(work: Work, texts: Texts, doing: str) -> None:
    """Show how far a work is; `doing` says what is done, such as 'Simulating four readings'."""
    state = work.state.value
    percent = figures.percent(texts, state.done, digits=0)
    said = {
        "running": texts("work.running", doing=doing, percent=percent) if state.name == "running" else "",
        "stopped": texts("work.stopped") if state.name == "stopped" else "",
        "problem": {"refused": state.problem, "failed": texts("work.failed")}.get(state.name, ""),
        "stop": texts("work.stop"),
    }
    ProgressBar(done=state.done, texts=said, event_stop=lambda _: work.stop())
