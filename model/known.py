"""What is known of the case's results, to stand beside the model's?

    visits in the zone = n_alliance_visits x share_of_visits_in_zone x n_children / children of the zone

The names are those of indicators; every figure is of history, which ends with 2020. That the model meets them says
little: the recorded referral rate of 1.19 % fits four different stories. Numbers: known.toml.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from model.parameters import KNOWN_FIGURES, declarations

SHARE_IN_ZONE = "share_of_visits_in_zone"


@dataclass(frozen=True, slots=True)
class Known:
    """One known figure: a value, a range, or both."""

    name: str
    unit: str
    meaning: str
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    source: str = ""
    url: str = ""
    because: str = ""


@cache
def declared_figures() -> dict[str, Known]:
    """Every known figure as its source has it, by name."""
    text = (Path(__file__).parent / KNOWN_FIGURES).read_text(encoding="utf-8")
    found = {}
    for name, table in tomllib.loads(text).items():
        low, high = table.pop("range", (None, None))
        found[name] = Known(name, low=low, high=high, **table)
    return found


def known_figures(n_children: int) -> dict[str, Known]:
    """The known figures of a zone with this many children, by indicator."""
    figures = dict(declared_figures())
    share = figures.pop(SHARE_IN_ZONE)
    visits = figures["n_alliance_visits"]
    all_visits = (visits.value or 0.0) * n_children / declarations()["population.n_children"].value
    figures[visits.name] = replace(
        visits,
        value=all_visits * (share.value or 0.0),
        low=all_visits * (share.low or 0.0),
        high=all_visits * (share.high or 0.0),
    )
    return figures
