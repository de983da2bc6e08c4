"""What does a report of validation hold, and in which order is it read?

Five headings, each with its counts and the day on which its parts were run. What fails comes first, what is open second. A
failure is *known* if somebody wrote down why before the run; it stays a failure, but it does not surprise.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from experiments.validation.check import FURTHEST, Check, Heading, Picture, Verdict

HEADINGS: dict[Heading, tuple[str, str]] = {
    "face": ("Face validity", "Does it look and behave as those who know the field expect?"),
    "verification": ("Verification", "Does the program do what its rules say?"),
    "cross": ("Cross validity", "Does another model of the same thing agree?"),
    "external": ("External validity", "Does it give what was measured?"),
    "predictive": ("Predictive validity", "Did it say beforehand what happened later?"),
}
ORDER: tuple[Verdict, ...] = ("fails", "open", "holds")
URL = re.compile(r"https?://[^\s<>|\"'`\\]+[^\s<>|\"'`\\.,;:)]")  # of a source
BEYOND = math.erfc(FURTHEST / math.sqrt(2.0))  # chance of a true hypothesis to lie beyond


@dataclass(frozen=True)
class Part:
    """What one part of the course found, and when; `heading` is where its pictures stand."""

    name: str
    title: str
    heading: Heading
    date: str
    checks: tuple[Check, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How one heading stands: how many checks of each verdict, known failures among them, and the days of its parts."""

    heading: Heading
    n: Mapping[Verdict, int]
    n_known: int
    dates: tuple[str, ...]

    @property
    def status(self) -> str:
        """One word or two for the heading as a whole."""
        if self.n["fails"]:
            return "fails in part"
        if not self.n["holds"]:
            return "open" if self.n["open"] else "not run"
        return "holds, in part open" if self.n["open"] else "holds"

    @property
    def when(self) -> str:
        """The day, or the first and the last."""
        return " to ".join(dict.fromkeys((self.dates[0], self.dates[-1]))) if self.dates else "never"


@dataclass(frozen=True)
class Report:
    """Everything that a report says; `known` gives the reason of each failure that was expected, by the name of its check."""

    title: str
    scenario: str
    engine: str
    effort: str
    command: str
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def checks(self) -> list[Check]:
        """Every check, in the order of the course."""
        return [check for part in self.parts for check in part.checks]

    def failures(self) -> list[Check]:
        """What fails: what nobody expected first."""
        return sorted(chosen(self.checks, "fails"), key=lambda check: bool(self.reason(check)))

    def unexpected(self) -> list[Check]:
        """What fails and nobody expected."""
        return [check for check in self.failures() if not self.reason(check)]

    def reason(self, check: Check) -> str:
        """Why a failure was expected, by the check's name, or by that of its datum under any scenario; empty if it was not."""
        return self.known.get(check.name) or self.known.get(check.name.split(": ", 1)[-1], "")

    def of(self, heading: Heading) -> list[Check]:
        """The checks of a heading: what fails, what is open, what holds."""
        found = [check for check in self.checks if check.heading == heading]
        return [check for verdict in ORDER for check in chosen(found, verdict)]

    def pictures(self, heading: Heading) -> list[Picture]:
        """The pictures of a heading."""
        return [picture for part in self.parts if part.heading == heading for picture in part.pictures]

    def standing(self, heading: Heading) -> Standing:
        """How a heading stands."""
        found = self.of(heading)
        dates = {part.date for part in self.parts if any(check.heading == heading for check in part.checks)}
        known = sum(bool(self.reason(check)) for check in chosen(found, "fails"))
        return Standing(heading, {verdict: len(chosen(found, verdict)) for verdict in ORDER}, known, tuple(sorted(dates)))

    def conclusion(self) -> str:
        """One sentence on all checks."""
        n = {verdict: len(chosen(self.checks, verdict)) for verdict in ORDER}
        unexpected = len(self.unexpected())
        known = f", {n['fails'] - unexpected} of them known" if n["fails"] else ""
        fail = "fails" if n["fails"] == 1 else "fail"
        return f"{len(self.checks)} checks: {n['fails']} {fail}{known}; {n['open']} open; {n['holds']} hold"


def chosen(checks: Iterable[Check], verdict: Verdict) -> list[Check]:
    """Those of one verdict."""
    return [check for check in checks if check.verdict == verdict]


def distance_of(check: Check) -> str:
    """The distance in standard errors as people read it, or a dash."""
    return "–" if check.distance is None else f"{check.distance:+.1f}"


def remarks(report: Report) -> list[str]:
    """What to keep in mind before the counts are believed."""
    n = sum(check.distance is not None for check in report.checks if check.heading == "verification")
    of_luck = f"{n} checks of the program compare chance with an exact law and hold within {FURTHEST:g} standard errors"
    fitted = "Dependent data are targets of calibration: that they are met shows that fitting worked, not that the model is right"
    measured = "Independent data come from other places, years or ages than the zone; each says what it cannot decide"
    return [
        "A known failure is one whose reason was written down before this run; it is a failure all the same.",
        f"{of_luck}; luck alone puts {BEYOND * n:.1f} of them beyond.",
        f"{fitted}. The recorded referral rate fits four different stories.",
        f"{measured}. Money, membership and missed serious cases of this alliance were never published.",
        "Intervals cover luck from world to world, not what is unknown about the numbers; for that compare the readings.",
    ]
