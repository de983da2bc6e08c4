"""What does a shared link say that is no longer so?

A link carries the engine that it was made with, a mark of the result and a few figures. When the same choice is simulated
anew, equal marks mean that nothing changed; otherwise the page says what is different.
"""

from __future__ import annotations

from dashboard.band import Picture
from dashboard.rooms.decide.first_figures import WRITERS
from dashboard.session import Session
from dashboard.simulation import result_mark
from dashboard.texts import Texts
from experiments.record import engine_version


def said_of_link(texts: Texts, session: Session, whole: Picture | None) -> list[str]:
    """Return what to say of the link that opened the page, nothing if all is as it was."""
    link = session.link
    if not link.result or whole is None or not whole.is_complete or whole.choice.asks_for != session.linked.asks_for:
        return []
    if link.result == result_mark(whole):
        return []
    said = [
        texts(
            "link.other_engine" if link.engine != engine_version() else "link.other_result", then=link.engine, now=engine_version()
        )
    ]
    for name, then in link.was.items():
        if name in WRITERS:
            write = WRITERS[name][0]
            values = {"then": write(texts, then), "now": write(texts, whole.policy(name))}
            said.append(texts("link.figure", name=texts(f"tile.{name}"), **values))
    return said
