"""Is every number and every column declared once, completely, and used?"""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import agents
import model
from agents.records import FLOAT, INT, Field
from model.indicators import INDICATORS
from model.parameters import KINDS, ROLES, declarations

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*ROOT.glob("agents/**/*.py"), *ROOT.glob("model/*.py")]
every_parameter = pytest.mark.parametrize("key", declarations())


def records() -> dict[str, list[Field]]:
    """Every declared record by module and name."""
    found: dict[str, list[Field]] = {}
    for package in (agents, model):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if isinstance(value, list) and value and isinstance(value[0], Field):
                    found.setdefault(name, value)
    return found


COLUMNS = [(name, field) for name, fields in records().items() for field in fields]
every_column = pytest.mark.parametrize(("record", "field"), COLUMNS, ids=[f"{name}.{field.name}" for name, field in COLUMNS])


@cache
def names_in_the_code() -> frozenset[str]:
    """Every attribute and every text in agents/ and model/, but for the declarations of columns."""
    found: set[str] = set()

    class Walker(ast.NodeVisitor):
        def visit_Call(self, node: ast.Call) -> None:
            if ast.unparse(node.func) != "Field":
                self.generic_visit(node)

        def visit_Attribute(self, node: ast.Attribute) -> None:
            found.add(node.attr)
            self.generic_visit(node)

        def visit_Constant(self, node: ast.Constant) -> None:
            if isinstance(node.value, str) and "\n" not in node.value:
                found.add(node.value.rsplit(".", 1)[-1])

    for path in SOURCES:
        Walker().visit(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(found)


@every_parameter
def test_no_part_of_a_key_hides_behind_an_attribute_of_numpy_records(key):
    taken = set(dir(np.recarray)) | set(dir(np.record))
    assert not taken & set(key.split("."))


@every_column
def test_no_column_hides_behind_an_attribute_of_numpy_records(record, field):
    assert field.name not in set(dir(np.recarray)) | set(dir(np.record))


@every_parameter
def test_a_number_says_what_it_means_and_where_it_may_lie(key):
    parameter = declarations()[key]
    assert parameter.meaning
    assert parameter.unit
    assert parameter.low < parameter.high
    assert parameter.low <= parameter.value <= parameter.high
    assert parameter.kind in KINDS
    assert parameter.role in ROLES
    if parameter.is_whole:
        assert isinstance(parameter.low, int)
        assert isinstance(parameter.high, int)


@every_parameter
def test_a_number_moves_an_indicator_that_exists(key):
    assert declarations()[key].moves in INDICATORS


@every_parameter
def test_a_number_says_where_it_comes_from(key):
    parameter = declarations()[key]
    assert parameter.source or parameter.because
    if parameter.kind == "assumed":
        assert parameter.assumption > 0
        assert parameter.because
    else:
        solved = parameter.kind == "calibrated" and parameter.because  # solved from the model: the reason says for what
        assert parameter.source or solved, f"{parameter.kind}, but without a source"
        assert parameter.assumption == 0


def test_every_assumption_has_a_number_of_its_own():
    numbers = Counter(parameter.assumption for parameter in declarations().values() if parameter.kind == "assumed")
    assert [number for number, n in numbers.items() if n > 1] == []
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@every_parameter
def test_a_number_is_read_somewhere(key):
    assert key.rsplit(".", 1)[-1] in names_in_the_code()


@every_column
def test_a_column_says_what_it_is_and_who_decides_it(record, field):
    assert field.unit
    assert field.meaning
    assert field.type in (FLOAT, INT)
    assert field.decided_by in {path.stem for path in SOURCES}


@every_column
def test_a_column_is_read_or_written_somewhere(record, field):
    assert field.name in names_in_the_code()


def test_records_are_found():
    assert {"CHILD", "HOUSEHOLD", "DOCTOR", "SITE", "COMMUNITY", "HOSPITAL", "FUND", "CASE", "CLOCK", "TALLY"} <= set(records())


def test_the_page_of_influences_tells_of_every_parameter():
    page = (ROOT / "docs" / "influence.md").read_text(encoding="utf-8")
    assert [key for key in declarations() if f"| `{key}` |" not in page] == []


def test_every_rule_of_the_case_has_its_file_numbers_and_test_and_every_figure_exists():
    rows = [line for line in (ROOT / "docs" / "case.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    names = [name for row in rows[1:] for name in re.findall(r"`([a-z_0-9.]+)`", row)]
    rules, figures = [n for n in names if "." in n], {n for n in names if "." not in n}
    for rule in rules:
        actor, decision = rule.split(".")
        files = [f"agents/{actor}/{decision}.py", f"agents/{actor}/{decision}.toml", f"tests/agents/{actor}/test_{decision}.py"]
        assert [path for path in files if not (ROOT / path).exists()] == []
    assert figures <= set(INDICATORS)
    written = {f"{path.parent.name}.{path.stem}" for path in ROOT.glob("agents/*/*.toml")}
    assert written == set(rules)
