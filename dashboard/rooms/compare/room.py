"""Which of several policies, and why? Up to six kept policies side by side, in the same simulated worlds."""

from __future__ import annotations

from collections.abc import Callable

import solara

from dashboard import figures
from dashboard.choice import MOST_KEPT
from dashboard.heard import component_vue
from dashboard.parts.lead import Lead
from dashboard.parts.progress import Progress
from dashboard.rooms.compare import beside, kept, side_by_side
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.curves import Curves
from dashboard.rooms.compare.differences import Differences
from dashboard.rooms.compare.figures import Figures
from dashboard.rooms.compare.inputs import Inputs
from dashboard.rooms.compare.keep import KeepButton
from dashboard.rooms.compare.side_by_side import Together
from dashboard.rooms.compare.why import Why
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import use_work


@component_vue("head.vue")
def Choices(
    policies: list[dict[str, str]], reference: str, can_begin: bool, texts: dict[str, str],
    event_reference: Callable[[object], None], event_begin: Callable[[object], None],
) -> None:  # fmt: skip
    """With what the policies are compared."""


@solara.component
def Room(session: Session) -> None:
    """Keep, compare, ask why."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  other policies may be kept
    listed = beside.entries(session, texts)
    with solara.Div(classes=["room-grid"]):
        Lead(title=texts("compare.title"), text=texts("compare.sentence", most=MOST_KEPT))
        with solara.Div(classes=["card", "compare-top"]):
            KeepButton(session)
            if not listed:
                Beginning(session)
        if listed:
            Inputs(session, listed)
            Results(session, listed)
            Why(session, listed)


@component_vue("beginning.vue")
def BeginningCard(texts: dict[str, str], event_examples: Callable[[object], None], event_decide: Callable[[object], None]) -> None:
    """What to do where nothing is kept yet."""


@solara.component
def Beginning(session: Session) -> None:
    """Say how to begin, and offer policies to begin with."""
    texts = Texts(session.language.value)
    BeginningCard(
        texts=texts.several("compare", "empty", "examples", "decide"),
        event_examples=lambda _: kept.begin_with_examples(session, texts),
        event_decide=lambda _: session.go("decide"),
    )


@solara.component
def Results(session: Session, listed: list[Entry]) -> None:
    """Simulate what is not known yet, and show it as it grows."""
    texts, work = Texts(session.language.value), use_work()
    newest: solara.Reactive[tuple[tuple[int, int], Together] | None] = solara.use_reactive(None)
    place, choice = session.place("compare_reference"), session.choice
    reference = beside.chosen(listed, place.value)
    asked = beside.asked(listed, choice)
    together = side_by_side.known(asked) or shown(newest.value, asked[1])
    is_known = together is not None and is_whole(together, listed)

    def begin() -> None:
        work.begin(lambda report: side_by_side.simulate(listed, choice.seeds, report, lambda found: newest.set((asked[1], found))))

    def take(name: object) -> None:
        if isinstance(name, str) and (name == "" or beside.chosen(listed, name)):
            place.set(name)

    solara.use_effect(lambda: work.stop() if is_known else begin(), [asked])
    solara.use_effect(lambda: newest.set((asked[1], together)) if is_known and together else None, [asked, is_known])
    state = work.state.value.name
    with solara.Div(classes=["room-grid"]):
        Choices(
            policies=[{"name": one.name, "title": one.title} for one in listed if not one.is_baseline],
            reference=reference.name if reference else "",
            can_begin=not is_known and state in ("stopped", "failed", "refused"),
            texts=texts.several("compare", "reference", "begin") | {"baseline": texts("compare.own_baseline")},
            event_reference=take,
            event_begin=lambda _: begin(),
        )
        if not is_known:
            Progress(work, texts, doing=texts("compare.doing", n=len(listed), n_worlds=choice.n_worlds))
        if together is not None:
            Figures(session, listed, together, reference, cautions(texts, listed, reference))
            Differences(session, listed, together, reference)
            Curves(session, listed, together)


def shown(newest: tuple[tuple[int, int], Together] | None, of_worlds: tuple[int, int]) -> Together | None:
    """Return what was shown last, if it is of the same worlds: policies that are not in it wait for their numbers."""
    return newest[1] if newest is not None and newest[0] == of_worlds else None


def is_whole(together: Together, listed: list[Entry]) -> bool:
    """[bool] Whether every policy is known in every world that was asked for."""
    return together.n_worlds >= together.n_wanted and all(together.has(entry) for entry in listed)


def cautions(texts: Texts, listed: list[Entry], reference: Entry | None) -> list[str]:
    """Say which comparisons are not of the same children, or not of the same years."""
    strange = beside.strangers(listed, reference)
    said = []
    if strange:
        names = texts("figure.list_joint").join(
            texts("compare.children_of", name=entry.title, n=figures.count(texts, entry.base.n_children)) for entry in strange
        )
        said.append(texts("compare.other_children", names=names))
    if len({entry.base.last_year for entry in listed}) > 1:
        said.append(texts("compare.other_years"))
    return said
