"""How much does each parameter move each answer, as a finished analysis says?

mu* over the standard deviation of the answer: what moving the parameter through its range changes, in spreads of the answer.
"""

import csv
import math
from pathlib import Path

from model.refusal import ScenarioError, shortened

NEEDED = ("parameter", "output", "mu_star_standardised")
ALLOWED = "allowed is a table that 'alliance sensitivity' has written"


def influences(path: str | Path) -> dict[str, dict[str, float]]:
    """Standardised mu* by parameter and output, from morris.csv or docs/sensitivity.csv; raises ScenarioError."""
    where = shortened(str(path))
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        found: dict[str, dict[str, float]] = {}
        for row in rows:
            said = row["mu_star_standardised"]
            value = float(said) if said else math.nan
            if not math.isnan(value):
                found.setdefault(row["parameter"], {})[row["output"]] = value
    except OSError as error:
        raise ScenarioError(where, f"cannot be read ({error.strerror})", ALLOWED) from error
    except (KeyError, ValueError, TypeError, csv.Error) as error:
        raise ScenarioError(where, "is no table of parameters, outputs and mu_star_standardised", ALLOWED) from error
    if not found:
        raise ScenarioError(where, "names no parameter", ALLOWED)
    return found
