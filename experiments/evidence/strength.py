"""How well is a number known?

    relative width = (high - low) / (|high| + |low|)           0: a point; 0.5: threefold; 1: the range reaches zero
    strength       = floor of the kind + span of the kind x (1 - relative width) x support

A kind outranks the kinds below it whatever its range: a law stands in a text, a measured number in a study of the thing
itself, an estimated one was derived from a study, a calibrated one was solved from what the model must meet, an assumed
one has a reason. Within a kind a narrow range counts for more, and a source that can be looked up for more than one
that is only named. The score orders; its distances mean nothing. What a lever's range says is what a planner may set,
so for levers only the kind tells something.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from model.parameters import Parameter, declarations

BANDS = {  # kind: the least and the greatest strength, the best known first
    "law": (0.9, 1.0),
    "measured": (0.75, 0.9),
    "estimated": (0.6, 0.75),
    "calibrated": (0.5, 0.6),
    "assumed": (0.0, 0.5),
}
WITH_ADDRESS, WITH_NAME, WITH_REASON = 1.0, 0.9, 0.8  # support of a number
WEAK = 0.2  # an assumed number without a source whose ends lie threefold apart
STRONG_SHARE = 0.2  # the most influential fifth


@dataclass(frozen=True, slots=True)
class Standing:
    """One parameter between evidence and influence."""

    name: str
    kind: str
    is_lever: bool
    strength: float
    influence: float


def relative_width(low: float, high: float) -> float:
    """Width of a range against its ends [1]: 0 for a point, 1 for a range that reaches zero or crosses it."""
    return (high - low) / (abs(high) + abs(low)) if high > low else 0.0


def support(parameter: Parameter) -> float:
    """Whether the source can be looked up, is only named, or is not there [1]."""
    if parameter.url:
        return WITH_ADDRESS
    return WITH_NAME if parameter.source else WITH_REASON


def strength(parameter: Parameter) -> float:
    """How well a number is known [1]: 1 a law without room, 0 an assumption that may be anything."""
    floor, ceiling = BANDS[parameter.kind]
    narrow = 1 - relative_width(parameter.low, parameter.high)
    return floor + (ceiling - floor) * narrow * support(parameter)


def standings(influence: Mapping[str, float]) -> list[Standing]:
    """Every parameter whose influence is known, the most influential first; raises KeyError for a key that is not declared."""
    found = []
    for name, moved in influence.items():
        parameter = declarations()[name]
        if not math.isnan(moved):
            found.append(Standing(name, parameter.kind, parameter.role == "lever", strength(parameter), abs(moved)))
    return sorted(found, key=lambda each: (-each.influence, each.name))


def strong_from(found: list[Standing]) -> float:
    """The influence from which a number belongs to the most influential fifth; levers are not counted."""
    moved = [each.influence for each in found if not each.is_lever and each.influence > 0]
    return moved[max(round(len(moved) * STRONG_SHARE), 1) - 1] if moved else math.inf


def dangerous(found: list[Standing]) -> list[Standing]:
    """Weak evidence, strong influence: what is assumed within wide bounds and is no lever, the most influential first."""
    least = strong_from(found)
    return [each for each in found if each.strength < WEAK and each.influence >= least and not each.is_lever]
