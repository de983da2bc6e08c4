"""How does a visitor keep the policy on the screen, to compare it later?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.address import LONGEST_NAME
from dashboard.choice import MOST_KEPT
from dashboard.heard import component_vue
from dashboard.rooms.compare import kept
from dashboard.session import Session
from dashboard.texts import Texts

WORDS = ("label", "keep", "compare")


@component_vue("keep.vue")
def KeepForm(
    said: dict[str, Any], texts: dict[str, str], event_keep: Callable[[object], None], event_go: Callable[[object], None]
) -> None:
    """A name to type, a button, and what came of it."""


@solara.component
def KeepButton(session: Session) -> None:
    """Keep the present policy under a name; says how many are kept."""
    texts = Texts(session.language.value)
    problem, say = solara.use_state("")
    session.revision.value  # noqa: B018  another policy, or others kept
    session.whole.value  # noqa: B018  a slider was moved

    KeepForm(
        said=said_of(session, texts, problem),
        texts=texts.several("compare_keep", *WORDS),
        event_keep=lambda typed: say(kept.keep(session, texts, typed)),
        event_go=lambda _: session.go("compare"),
    )


def said_of(session: Session, texts: Texts, problem: str) -> dict[str, Any]:
    """Return what the form says of the policies that are kept."""
    choice, as_name = session.choice, kept.kept_as(session.choice)
    n_kept = len(choice.kept)
    problem = problem or ("full" if n_kept >= MOST_KEPT and not as_name else "")
    status = texts("compare_keep.n_kept", n=n_kept, most=MOST_KEPT) if n_kept else ""
    return {
        "suggested": kept.suggested(texts, choice),
        "longest": LONGEST_NAME,
        "kept_as": texts("compare_keep.kept_as", name=as_name) if as_name else "",
        "status": status,
        "n_kept": n_kept,
        "is_full": n_kept >= MOST_KEPT,
        "problem": texts(f"compare_keep.{problem}", most=MOST_KEPT) if problem else "",
        "is_elsewhere": session.room.value != "compare" and n_kept > 0,
    }
