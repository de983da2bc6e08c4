"""What happens to one child, and to whom does the policy do good or harm? The same children in two worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import solara

from dashboard.parts.lead import Lead
from dashboard.parts.progress import Progress
from dashboard.rooms.children.choices import Choices, Words
from dashboard.rooms.children.fates import Both, both_worlds, computed
from dashboard.rooms.children.gains import Gains
from dashboard.rooms.children.groups import Sums, sums_of
from dashboard.rooms.children.life import Lives, lives
from dashboard.rooms.children.life_card import Life
from dashboard.rooms.children.pair import ALLIANCE, KINDS, POLICY, Pair, kind_wanted
from dashboard.rooms.children.picker import Picker
from dashboard.rooms.children.stories import asked_number
from dashboard.session import Session
from dashboard.shelf import Shelf
from dashboard.texts import Texts
from dashboard.work import Report, somebody_waits, use_work

_sums: Shelf[object, Sums] = Shelf(room=2000)


@dataclass(frozen=True, eq=False)
class Counted:
    """What is known of the pairs of worlds so far: the first pair's children, and sums by group of all that are done."""

    key: object
    both: Both
    sums: tuple[Sums, ...]


@solara.component
def Room(session: Session) -> None:
    """Switch, stories, one child's lives, groups."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  another scenario may have other children
    choice = session.choice
    kind = kind_wanted(choice, session.place("children_world").value)
    pairs = [Pair(kind, session.base(), seed, choice.settings) for seed in choice.seeds]
    names = texts(f"children.first_{kind}"), texts(f"children.second_{kind}")
    key = tuple(pair.key for pair in pairs)
    counted: solara.Reactive[Counted | None] = solara.use_reactive(None)
    work = use_work()
    solara.use_effect(lambda: work.begin(lambda report: count(pairs, report, counted.set)), [key])
    known: Counted | None = counted.value if counted.value and counted.value.key == pairs[0].key else None
    Lead(title=texts("children.title"), text=texts("children.lead"))
    with solara.Div(classes=["room-grid"]):
        Compared(session, kind)
        Progress(work, texts, doing=texts("children.running", seed=choice.seed + (len(known.sums) if known else 0)))
        if known:
            TwoLives(session, pairs[0], known.both, names)
            Gains(session, known.sums, len(pairs), names)
        else:
            Words(quiet=texts("children.counting"))


@solara.component
def Compared(session: Session, kind: str) -> None:
    """Which two worlds are compared; with no lever moved there is nothing to choose."""
    texts = Texts(session.language.value)
    if not session.choice.settings:
        Words(quiet=texts("children.no_lever"))
        return
    Choices(
        label=texts("children.compared"),
        options=[[POLICY, texts("children.by_policy")], [ALLIANCE, texts("children.by_alliance")]],
        chosen=kind,
        event_choose=lambda name: (
            session.place("children_world").set("" if name == POLICY else ALLIANCE) if name in KINDS else None
        ),
    )


@solara.component
def TwoLives(session: Session, pair: Pair, both: Both, names: tuple[str, str]) -> None:
    """The choice of a child, and its life in both worlds."""
    texts = Texts(session.language.value)
    asked = session.place("children_id").value
    child = asked_number(asked, len(both.register))
    problem = texts("children.no_child", asked=asked[:12], high=len(both.register) - 1) if asked and child is None else ""
    with solara.Div(classes=["room-grid"]):
        Picker(session, both, pair.seed, names, str(child) if child is not None else "", problem)
        with solara.Div(classes=["children-place"]):
            if problem:
                Words(said=[problem])
            elif child is None:
                Words(quiet=texts("children.prompt"))
            else:
                OneChild(session, pair, child, both, names).key(f"{child}{pair.key}")


@solara.component
def OneChild(session: Session, pair: Pair, child: int, both: Both, names: tuple[str, str]) -> None:
    """One child: followed through both worlds, then shown."""
    texts = Texts(session.language.value)
    work = use_work()
    solara.use_effect(lambda: work.begin(lambda report: followed(pair, child, report)), [])
    Progress(work, texts, doing=texts("children.watching", child=child))
    found: Lives | None = work.state.value.result
    if found:
        Life(session, found, both, names)


def followed(pair: Pair, child: int, report: Report) -> Lives:
    """Return a child's lives; raises NotWantedError."""
    return lives(pair, child, somebody_waits(report), report)


def count(pairs: list[Pair], report: Report, show: Callable[[Counted], None]) -> None:
    """Run all pairs of worlds, the first first, and show what is known after each; raises NotWantedError."""
    both = both_worlds(pairs[0], somebody_waits(report), lambda share: report(share / len(pairs)))
    known: list[Sums] = []
    for pair in pairs:
        known.append(
            _sums.get(pair.key, lambda pair=pair: sums_of(both if pair is pairs[0] else computed(pair, somebody_waits(report))))
        )
        report(len(known) / len(pairs))
        show(Counted(pairs[0].key, both, tuple(known)))
