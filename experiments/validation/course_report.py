"""What report do all steps of a course make?

Checks that no run decides (what needs an eye, what needs systems still to come) and what was left out join those that were run.
"""

from collections.abc import Callable, Mapping, Sequence

from experiments.validation import keep
from experiments.validation.check import Check, still_open
from experiments.validation.course import FIT, GROUPS, MECHANISM, Asked, Step, known_failures
from experiments.validation.course_face import face_checks
from experiments.validation.course_mechanisms import still_to_come
from experiments.validation.fit import books_checks, fit_checks
from experiments.validation.fit_forecast import all_forecasts
from experiments.validation.fit_picture import fit_picture
from experiments.validation.keep import Kept
from experiments.validation.report import Part, Report


def assemble(asked: Asked, done: Sequence[tuple[Step, Kept]], command: str, engine: str, today: str) -> Report:
    """The report of everything that was done or found kept."""
    parts = []
    for group, (title, heading) in GROUPS.items():
        kept = {step.name: found for step, found in done if step.group == group}
        if group in asked.left_out:
            because = f"Left out with --without {group}."
            parts.append(Part(group, title, heading, today, (still_open(title, "Not asked in this run.", "–", because, heading),)))
        elif group == FIT:
            parts += _fit_parts([step for step, _ in done if step.group == FIT], kept, title, today)
        else:
            for name, found in kept.items():
                checks, pictures = keep.unpacked(found.found)
                parts.append(Part(name, title, heading, found.date, tuple(checks), tuple(pictures)))
            added = _unrun(group)
            if added:
                parts.append(Part(group, title, heading, today, tuple(added)))
    scenario = asked.scenario
    return Report(
        " ".join((scenario.title or scenario.name).split()), scenario.name, engine, asked.effort.said(), command, tuple(parts),
        asked.left_out, known_failures(),
    )  # fmt: skip


def _unrun(group: str) -> list[Check]:
    """Checks that no run decides."""
    added: Mapping[str, Callable[[], list[Check]]] = {MECHANISM: still_to_come, "eye": face_checks}
    return added[group]() if group in added else []


def _fit_parts(of_fit: Sequence[Step], kept: Mapping[str, Kept], title: str, today: str) -> list[Part]:
    found, parts = {}, []
    for step in of_fit:
        name, there = step.name.removeprefix("fit of "), kept[step.name]
        if "worlds" in there.found:
            found[name] = there.found["worlds"]
            checks = [*fit_checks(name, found[name]), *books_checks(name, found[name], there.found["again"])]
        else:  # it was refused, or it broke
            checks, _ = keep.unpacked(there.found)
        parts.append(Part(step.name, title, "external", there.date, tuple(checks)))
    day = max((there.date for there in kept.values()), default=today)
    if found:
        parts.append(Part("fit in one picture", title, "external", day, (), (fit_picture(found),)))
    return [*parts, Part("forecasts", title, "predictive", day, tuple(all_forecasts(found)))]
