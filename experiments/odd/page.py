"""Do text and code say the same?

A table of a page stands between <!-- generated: NAME --> and <!-- end -->. It is written anew from the sources, or held
against them line by line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from experiments.odd.entities import entities_table, world_table
from experiments.odd.figures import indicators_table
from experiments.odd.names import Names
from experiments.odd.numbers import by_decision_table, evidence_table, levers_table
from experiments.odd.patterns import known_table, mechanisms_table, patterns_table
from experiments.odd.rules import dice_table, rules_table
from experiments.odd.schedule import schedule_tables
from experiments.odd.sources import Sources
from model.refusal import ScenarioError, cut

ODD, LIMITS = "docs/odd.md", "docs/limits.md"
PAGES = (ODD, LIMITS, "docs/lay.md", "docs/lay.zh.md", "docs/glossary.md")
BLOCK = re.compile(r"<!-- generated: (\S+) -->\n(.*?)<!-- end -->", re.DOTALL)
LONGEST_LINE = 110
WRITE = "to make the tables anew: alliance odd --write"

MAKERS: dict[str, Callable[[Sources], str]] = {
    "entities": entities_table,
    "world": world_table,
    "parameters": by_decision_table,
    "levers": levers_table,
    "evidence": evidence_table,
    "rules": rules_table,
    "dice": dice_table,
    "indicators": indicators_table,
    "mechanisms": mechanisms_table,
    "patterns": patterns_table,
    "known": known_table,
}


@dataclass(frozen=True)
class Parted:
    """One place where text and code say different things."""

    where: str
    found: str
    allowed: str


def tables(sources: Sources) -> dict[str, str]:
    """Every generated table by name."""
    return {name: make(sources) for name, make in MAKERS.items()} | schedule_tables(sources)


def write_tables(root: Path) -> list[str]:
    """Write every table into its page; returns the pages that changed. Raises ScenarioError on a page with an unknown table."""
    found, changed = tables(Sources(root)), []
    for page in PAGES:
        text = page_text(root, page)
        new = BLOCK.sub(lambda block, page=page: _block(block[1], _made(found, page, block[1])), text)
        if new != text:
            (root / page).write_text(new, encoding="utf-8")
            changed.append(page)
    return changed


def _block(name: str, table: str) -> str:
    return f"<!-- generated: {name} -->\n\n{table}\n\n<!-- end -->"


def _made(found: dict[str, str], page: str, name: str) -> str:
    if name not in found:
        raise ScenarioError(page, f"no table {name} is made from code", f"allowed are {', '.join(found)}")
    return found[name]


def page_text(root: Path, page: str) -> str:
    """The text of a page; raises ScenarioError where it is missing."""
    path = root / page
    if not path.is_file():
        raise ScenarioError(page, "no such page", "allowed is a folder with the project's documents")
    return path.read_text(encoding="utf-8")


def parted(root: Path) -> Iterator[Parted]:
    """Every place where the pages and the sources part: tables first, then names in the prose."""
    sources = Sources(root)
    found, shown = tables(sources), set()
    for page in PAGES:
        for block in BLOCK.finditer(page_text(root, page)):
            shown.add(block[1])
            yield from _parted_table(page, block[1], block[0], _block(block[1], _made(found, page, block[1])))
    for name in found:
        if name not in shown:
            yield Parted(ODD, f"the table {name} is missing", f"allowed is a page with <!-- generated: {name} -->")
    names = Names(sources)
    for page in PAGES:
        for line, wrong in names.wrong_in(page_text(root, page)):
            yield Parted(f"{page}, line {line}", wrong, "allowed is what the sources declare")


def _parted_table(page: str, name: str, text: str, code: str) -> Iterator[Parted]:
    """The first line in which a table of the text is not that of the code."""
    pairs = zip_longest(text.splitlines(), code.splitlines(), fillvalue="")
    for number, (said, made) in enumerate(pairs):
        if said != made:
            begin = max(0, next(i for i, (a, b) in enumerate(zip_longest(said, made)) if a != b) - LONGEST_LINE // 2)
            says, is_ = (cut(line[begin:], LONGEST_LINE) for line in (said, made))
            yield Parted(f"{page}, table {name}, line {number}", f'text says "{says}", code says "{is_}"', WRITE)
            return


def check(root: Path) -> None:
    """Raise ScenarioError, in one line, where text and code part first; pass otherwise."""
    for first in parted(root):
        raise ScenarioError(first.where, first.found, first.allowed)
