"""Would that be so whichever story of the known figures is true?

The recorded referral rate fits four stories, each a calibrated scenario. The switch shows the policy in one of them; the
badge asks all four, and only what all of them say is called so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import solara

from dashboard import worlds
from dashboard.choice import CASE, Settings
from dashboard.heard import component_vue
from dashboard.judged import Judged, judged
from dashboard.parts.progress import Progress
from dashboard.rooms.decide.first_figures import HEADLINE, WRITERS
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import Report, somebody_waits, use_work
from experiments import paired
from experiments.answers.readings import four_readings
from experiments.answers.verdict import HIGHER, LOWER, NO_VALUE, NONE, Verdict, verdict

N_WORLDS = 5
DIGITS_OF = "en"
FOLDER = "readings"


@dataclass(frozen=True)
class Asked:
    """What all four readings say of a policy, by indicator."""

    settings: Settings
    seed: int
    verdicts: Mapping[str, Verdict]


@cache
def readings() -> tuple[tuple[str, str], ...]:
    """Return the letter and the scenario of each reading."""
    return tuple((one.letter, f"{FOLDER}/{one.file.stem}") for one in four_readings())


@component_vue("readings.vue")
def ReadingSwitch(
    chosen: str, readings: list[dict[str, str]], texts: dict[str, str], badges: list[dict[str, str]], is_asking: bool,
    can_ask: bool, event_choose: Callable[[str], None], event_ask: Callable[[object], None],
) -> None:  # fmt: skip
    """A switch between the case and its four readings, and what all of them say."""


@solara.component
def Readings(session: Session) -> None:
    """The switch and the badge; only the case has readings."""
    texts = Texts(session.language.value)
    work = use_work()
    session.revision.value  # noqa: B018  the policy may have changed
    session.whole.value  # noqa: B018
    names = [CASE, *(name for _, name in readings())]
    choice, asked = session.choice, work.state.value.result
    if choice.scenario not in names:
        return
    is_current = asked is not None and (asked.settings, asked.seed) == (choice.settings, choice.seed)
    said = texts.several("reading", "title", "robust", "ask", "ask_again", "no_lever")
    ReadingSwitch(
        chosen=choice.scenario,
        readings=[{"name": name, "title": _title(texts, name), "story": _story(texts, session, name)} for name in names],
        texts=said | {"outdated": texts("reading.outdated") if asked is not None and not is_current else ""},
        badges=badges(texts, asked.verdicts) if asked is not None and is_current else [],
        is_asking=work.state.value.name == "running",
        can_ask=bool(choice.settings),
        event_choose=lambda name: session.change(replace(session.choice, scenario=name)) if name in names else None,
        event_ask=lambda _: work.begin(lambda report: ask(session.choice.settings, session.choice.seed, report)),
    )
    Progress(work, texts, doing=texts("reading.asking", n=N_WORLDS))


def _title(texts: Texts, name: str) -> str:
    letter = {scenario: letter for letter, scenario in readings()}.get(name)
    return texts(f"reading.{letter.lower()}") if letter else texts("reading.case")


def _story(texts: Texts, session: Session, name: str) -> str:
    return session.find(name).text_in("because", texts.language)


def ask(settings: Settings, seed: int, report: Report) -> Asked:
    """Return what the four readings say of a policy; raises NotWantedError when nobody waits any more."""
    seeds = range(seed, seed + N_WORLDS)
    n_runs = 2 * len(seeds) * len(readings())
    differences: dict[str, dict[str, paired.Difference]] = {name: {} for name in HEADLINE}
    done = 0

    for letter, name in readings():
        base = worlds.base(name)
        outcomes: Sequence[list[Any]] = ([], [])
        for one in seeds:
            for side, levers in enumerate(((), settings)):
                outcomes[side].append(worlds.outcome_from_start(base, one, levers, somebody_waits(report)))
                done += 1
                report(done / n_runs)
        for indicator in HEADLINE:
            differences[indicator][letter] = paired.difference(indicator, outcomes[0], outcomes[1])
    return Asked(settings, seed, {name: verdict(found, said_of) for name, found in differences.items()})


def said_of(found: paired.Difference) -> str:
    """Return what one reading says, in the digits in which the page shows the figure; no language has others."""
    said = judged(found, partial(WRITERS[found.indicator][1], Texts(DIGITS_OF)))
    return said.value if said.is_told else NO_VALUE if said is Judged.NO_VALUE else NONE


def badges(texts: Texts, verdicts: Mapping[str, Verdict]) -> list[dict[str, str]]:
    """Return a badge for each headline figure: what all four readings say, or who says what."""
    return [
        {"name": texts(f"tile.{name}"), "is_sure": "yes" if one.is_determined else "no", "text": said(texts, one)}
        for name, one in verdicts.items()
    ]


def said(texts: Texts, found: Verdict) -> str:
    """Say what four readings come to."""
    words = {HIGHER: "higher", LOWER: "lower", NONE: "alike"}
    parts = {words.get(what, "unknown"): letters for what, letters in found.says.items()}
    if found.is_determined:
        (word,) = parts
        return texts(f"reading.all_{word}")
    listed = [texts(f"reading.some_{word}", letters=texts("reading.joint").join(letters)) for word, letters in parts.items()]
    return texts("reading.undetermined", who=texts("figure.list_joint").join(listed))
