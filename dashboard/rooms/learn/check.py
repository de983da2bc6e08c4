"""Does every lesson still come out, and what do the four readings say?

    python -m dashboard.rooms.learn.check [--readings] [LESSON ...]

Prints each figure of each lesson as the room runs it: what is expected, what came, the difference with its interval. With
`--readings` also under the four readings of the known figures, on which the lessons' paragraphs about them rest.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from dashboard.rooms.learn.lesson import Lesson, agrees
from dashboard.rooms.learn.lessons import lessons
from dashboard.rooms.learn.run import run

READINGS = ("mild_cases", "skilled_doctors", "penalised_referral", "unrecorded_advice")


def lines(lesson: Lesson) -> list[str]:
    """What came of a lesson, a line each figure."""
    came = run(lesson, lambda _: None)
    return [
        f"  {lesson.scenario:28} {figure.look.name:16} expected {figure.look.expect:7} "
        f"{'' if agrees(figure.look.expect, figure.direction) else 'BUT '}found {figure.direction:7} "
        f"{figure.difference.mean:+.4g} ({figure.difference.low:+.4g} to {figure.difference.high:+.4g})"
        for figure in came.figures
    ]


def main(asked: list[str]) -> None:
    """Print what came of the lessons asked for, or of all."""
    names = [name for name in asked if name != "--readings"]
    for lesson in lessons():
        if names and lesson.name not in names:
            continue
        sys.stdout.write(f"{lesson.order} {lesson.name}\n")
        others = [f"readings/{name}" for name in READINGS] if "--readings" in asked else []
        for scenario in (lesson.scenario, *others):
            sys.stdout.write("\n".join(lines(replace(lesson, scenario=scenario))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
