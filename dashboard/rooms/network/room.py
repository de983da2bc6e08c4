"""Who is tied to whom, and how does it change from quarter to quarter?

One world, the first of the choice, is watched once under the baseline and once under the policy; the browser plays it.
"""

from __future__ import annotations

from collections.abc import Callable

import solara

from dashboard.heard import component_vue
from dashboard.parts.files import hand_over
from dashboard.parts.lead import Lead
from dashboard.parts.progress import Progress
from dashboard.parts.standing import Standing
from dashboard.rooms.network import record, words
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.films import film_of
from dashboard.rooms.network.names import Names, Node, mark_of, node_of, quarter_of
from dashboard.rooms.network.picture import FLOWS, QUANTITIES, USUAL, film_message, ring_message, shown_of, words_message
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import use_work
from model.scenario import Scenario

BASELINE, POLICY = WORLDS = ("baseline", "policy")

Films = tuple[Film, Film]
"""The world under the baseline, and under the policy; the same film twice where no lever is moved."""


@component_vue("controls.vue")
def Controls(
    texts: dict[str, str], shown: list[str], quantities: list[str], flows: list[str], world: str, is_same: bool,
    event_show: Callable[[str], None], event_enter: Callable[[str], None],
) -> None:  # fmt: skip
    """Which world, which colour, which lines."""


@component_vue("map.vue")
def Map(
    texts: dict[str, str], locale: str, film: str, words: str, ring: str, shown: list[str], at: int, chosen: str,
    event_rest: Callable[[int], None], event_choose: Callable[[str], None], event_save: Callable[[str], None],
) -> None:  # fmt: skip
    """The map and its player."""


@component_vue("record.vue")
def RecordCard(
    texts: dict[str, str], record: str, groups: list[dict], quarters: list[str], world: str, event_choose: Callable[[str], None]
) -> None:
    """The chosen node."""


@component_vue("places.vue")
def Places(texts: dict[str, str], locale: str, event_choose: Callable[[str], None]) -> None:
    """All nodes of a quarter as a table."""


@solara.component
def Room(session: Session) -> None:
    """The world is watched, then shown."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  undo, reset or another scenario
    base, choice = session.base(), session.choice
    work = use_work()
    wanted = f"{base.mark}/{choice.seed}/{choice.settings}"

    def watch() -> None:
        def task(report: Callable[[float], None]) -> tuple[str, int, Scenario, Films]:
            first = film_of(base, choice.seed, (), lambda done: report(done / 2 if choice.settings else done))
            second = film_of(base, choice.seed, choice.settings, lambda done: report(0.5 + done / 2)) if choice.settings else first
            return wanted, choice.seed, base.scenario, (first, second)

        work.begin(task)

    solara.use_effect(watch, [wanted])
    Lead(title=texts("network.title"), text=texts("network.lead"))
    if work.state.value.name not in ("idle", "done"):
        Progress(work, texts, doing=texts("network.doing"))
    found = work.state.value.result
    if found is not None:
        mark, *shown = found
        with Standing(texts, is_old=mark != wanted, is_computing=work.state.value.name == "running"):
            Shown(session, mark, *shown)
    if (found is None or found[0] != wanted) and work.state.value.name in ("stopped", "failed", "refused"):
        solara.Button(texts("network.again"), on_click=watch)


@solara.component
def Shown(session: Session, mark: str, seed: int, scenario: Scenario, films: Films) -> None:
    """The watched world: controls, map, record, table."""
    texts = Texts(session.language.value)
    places = {name: session.place(f"network_{name}") for name in ("show", "week", "node", "world")}
    is_same = films[0] is films[1]
    world = BASELINE if places["world"].value == BASELINE and not is_same else POLICY
    film, other = films if world == BASELINE else films[::-1]
    shown, at = shown_of(places["show"].value), quarter_of(film, places["week"].value)
    node = node_of(places["node"].value, film.ground)
    names = Names(texts, film.ground, scenario)
    seen = [mark, world, texts.language]
    picture = solara.use_memo(lambda: film_message(film), [mark, world])
    said = solara.use_memo(lambda: words_message(texts, film, names, record.sentences(texts, film)), seen)
    told = solara.use_memo(lambda: record.record_message(texts, names, node, film, None if is_same else other), [*seen, str(node)])
    ring = solara.use_memo(lambda: ring_of(film, node, names), [*seen, str(node)])

    def choose(wanted: object) -> None:
        places["node"].set(str(node_of(wanted, film.ground)))

    def tell(at: object) -> None:
        if isinstance(at, int) and 0 <= at < len(film):
            places["week"].set("" if at == len(film) - 1 else mark_of(film, at))

    def show(wanted: object) -> None:
        if isinstance(wanted, str):
            found = shown_of(wanted)
            places["show"].set("" if found == USUAL else ".".join(found))

    here = words.said(texts, seed)
    with solara.Div(classes=["network-body"]):
        with solara.Div(classes=["network-left"]):
            Controls(
                texts=here, shown=list(shown), quantities=list(QUANTITIES), flows=list(FLOWS), world=world, is_same=is_same,
                event_show=show, event_enter=lambda name: places["world"].set("" if name != BASELINE else BASELINE),
            )  # fmt: skip
            Map(
                texts=here, locale=texts.locale, film=picture, words=said, ring=ring, shown=list(shown), at=at, chosen=str(node),
                event_rest=tell, event_choose=choose,
                event_save=lambda kind: hand_over(session, "network", lambda: record.frame_of(names, film), kind),
            )  # fmt: skip
        RecordCard(
            texts=here, record=told, groups=words.groups(texts, names, film), quarters=words.quarters(texts, film), world=world,
            event_choose=choose,
        )  # fmt: skip
    Places(texts=here, locale=texts.locale, event_choose=choose)


def ring_of(film: Film, node: Node, names: Names) -> str:
    """Return the doctors around the place that is open, nothing if none is."""
    site = int(film.ground.site_of_doctor[node.row]) if node.table == "doctor" else node.row if node.table == "site" else -1
    return ring_message(film, site, names) if site >= 0 and len(film.ground.doctors_at(site)) else ""
