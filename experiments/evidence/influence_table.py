"""How much does each parameter move its indicator, as docs/influence.md has it?

The measure is the page's: standard errors of the paired difference between both ends of the range, on the indicator that
the parameter itself names. It tells what certainly moves something, not what matters most for one answer.
"""

import re
from pathlib import Path

from model.parameters import ROOT, declarations
from model.refusal import ScenarioError

PAGE = ROOT / "docs" / "influence.md"
PARAMETER, MEASURE = "parameter", "standard errors"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def read_influence(page: Path = PAGE) -> dict[str, float]:
    """Standard errors by parameter that is still declared; raises ScenarioError for a page without such a table."""
    head: list[str] = []
    found: dict[str, float] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"| {PARAMETER} |"):
            head = _cells(line)
        name = re.match(r"\| `([^`]+)` \|", line)
        if name and MEASURE in head and name[1] in declarations():
            found[name[1]] = float(_cells(line)[head.index(MEASURE)])
    if not found:
        raise ScenarioError(page.name, "holds no table of influences", f"allowed is a table with {PARAMETER} and {MEASURE}")
    return found
