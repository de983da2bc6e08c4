"""Does a table keep every character of every cell, however narrow the terminal?"""

import io
from collections import Counter

import pytest
from rich.console import Console

from experiments.sheet import NAME, NUMBER, WORDS, Sheet

pytestmark = pytest.mark.unit

NAMES = "n_missed_serious_per_10000_visits"
FIGURE = "36,480 ± 1,234 yuan"
MEANING = "alliance visits of children who truly needed the hospital 儿童医院"


def shown(width: int) -> str:
    sheet = Sheet("Title", (("Figure", NAME), ("Model", NUMBER), ("Known", NUMBER), ("Meaning", WORDS)))
    sheet.add(NAMES, FIGURE, "-12.5 %", MEANING)
    sheet.add("[red]x", "7")
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(sheet)
    return console.export_text()


@pytest.mark.parametrize("width", [10, 20, 40, 60, 80, 150])
def test_nothing_is_cut(width: int) -> None:
    found = Counter("".join(shown(width).split()))
    for cell in (NAMES, FIGURE, "-12.5 %", MEANING, "[red]x"):
        assert not Counter("".join(cell.split())) - found
    assert max(len(line) for line in shown(width).splitlines()) <= width


@pytest.mark.parametrize("width", [40, 60, 80, 150])
def test_a_number_is_not_broken(width: int) -> None:
    text = shown(width)
    assert all(part in text for part in ("36,480", "1,234", "-12.5"))
