"""Where does a lever leave what is known?

A number that was recorded or derived from studies is known at one place; from half of it to twice as much the model is
read as an interpolation, beyond as an extrapolation. An assumed number is known nowhere: whatever it is moved to, what
comes of it is the model's inference alone.
"""

from __future__ import annotations

from dashboard.texts import Texts
from model.parameters import Parameter, declarations

ASSUMED = "assumed"
FACTOR = 2.0


def known_range(declared: Parameter) -> tuple[float, float] | None:
    """Return from where to where something is known of a lever, None if nothing is."""
    if declared.kind == ASSUMED:
        return None
    known = declarations()[declared.name].value
    ends = sorted((known / FACTOR, known * FACTOR))
    return max(ends[0], declared.low), min(ends[1], declared.high)


def warning(texts: Texts, declared: Parameter, value: float) -> str:
    """Return what to say of a lever at this value, nothing while it stays within what is known."""
    if value == declared.value:
        return ""
    known = known_range(declared)
    if known is None:
        return texts("lever.is_assumed")
    return "" if known[0] <= value <= known[1] else texts("lever.beyond_evidence")
