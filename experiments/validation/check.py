"""What is a check, what is a picture, and when does a check hold?

A check names what must come out, what came out and how far the two lie apart in standard errors. Within three standard
errors it holds. Where the two must be the very same thing there is no distance: it holds or fails. What cannot be tested
yet is open, and says which system is missing.
"""

import math
from dataclasses import dataclass
from typing import Literal

Heading = Literal["face", "verification", "cross", "external", "predictive"]
Verdict = Literal["holds", "fails", "open"]

FURTHEST = 3.0  # standard errors


@dataclass(frozen=True)
class Check:
    """One question put to the model, and the answer."""

    heading: Heading
    name: str
    question: str
    expected: str
    found: str
    distance: float | None
    """(found - expected) / standard error; None where exact equality, a sign or an order is asked."""
    verdict: Verdict
    because: str = ""


@dataclass(frozen=True)
class Picture:
    """One picture for the report, and the sentence that says what to see in it."""

    name: str
    title: str
    svg: bytes
    says: str


def with_unit(text: str, unit: str) -> str:
    """A number with its unit; a share (unit 1) has none."""
    return text if unit in {"", "1"} else f"{text} {unit}"


def within(
    name: str, question: str, expected: float, found: float, error: float, unit: str = "1", because: str = "",
    heading: Heading = "verification",
) -> Check:  # fmt: skip
    """Holds if `found` lies within three standard errors of `expected`; without any error only if they are equal."""
    gap = found - expected
    distance = gap / error if error > 0.0 else (0.0 if gap == 0.0 else math.copysign(math.inf, gap))
    verdict: Verdict = "holds" if abs(distance) <= FURTHEST else "fails"
    shown = with_unit(f"{found:.5g} ± {error:.2g}", unit)
    return Check(heading, name, question, with_unit(f"{expected:.5g}", unit), shown, distance, verdict, because)


def asked(
    name: str, question: str, holds: bool, expected: str, found: str, because: str = "", heading: Heading = "verification"
) -> Check:
    """Holds or fails: equality, a sign, an order or a refusal, which have no distance."""
    return Check(heading, name, question, expected, found, None, "holds" if holds else "fails", because)


def still_open(name: str, question: str, expected: str, because: str, heading: Heading = "verification") -> Check:
    """Cannot be answered yet; `because` names what is missing."""
    return Check(heading, name, question, expected, "not tested", None, "open", because)


def error_of_share(share: float, n: int) -> float:
    """Standard error of a share of `n` independent throws [1], under the expected share."""
    return math.sqrt(share * (1.0 - share) / n)


def normal_from_chi_square(chi_square: float, degrees: int) -> float:
    """A chi-square as the standard normal deviate that is exceeded as often (Wilson and Hilferty) [standard errors]."""
    spread = 2.0 / (9.0 * degrees)
    return ((chi_square / degrees) ** (1.0 / 3.0) - (1.0 - spread)) / math.sqrt(spread)
