"""How is a rule written, so that both engines give the same bits and every number is declared?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents import units
from model.parameters import Parameter, declarations

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
RULE_FILES = sorted(path for path in ROOT.glob("agents/*/*.py") if path.name not in ("__init__.py", "record.py"))
IDS = [path.relative_to(ROOT).as_posix() for path in RULE_FILES]
every_rule_file = pytest.mark.parametrize("path", RULE_FILES, ids=IDS)

FREE_NUMBERS = (0, 1, 2)  # and -1, which the syntax tree writes as minus 1
MATH = {"exp", "log", "erfc", "pow", "tanh", "sqrt", "floor", "fabs", "inf"}
FLOORS_ABOVE = {"model", "experiments", "dashboard", "app", "cli"}

# Arguments that are no declared number and yet never zero (or never one): file and argument, and what keeps them so.
POSITIVE = {("refer.py", "d_prime"): "least_discriminability", ("refer.py", "belief"): "least_belief"}
BELOW_ONE = {
    ("admit.py", "greatest_utilisation"): "GREATEST_UTILISATION of model/visit.py",
    ("support.py", "saved_by_platform"): "greatest_saving of agents/centre/invest.toml",
}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def compiled_functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and {ast.unparse(mark) for mark in node.decorator_list} & {
            "compiled",
            "inlined",
        }:
            yield node


def is_enumeration(node: ast.Assign | ast.AnnAssign) -> bool:
    """[bool] Whether this names the cases of something, as in WITHIN, ABOVE, BELOW = range(3)."""
    if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)):
        return False
    return ast.unparse(node.value) == f"range({len(node.targets[0].elts)})"


class Divisors:
    """What is known in one rule function about the sign of the things it divides by."""

    def __init__(self, path: Path, function: ast.FunctionDef) -> None:
        self.file, self.decision = path.name, f"{path.parent.name}.{path.stem}"
        self.arguments = {argument.arg for argument in function.args.args}
        self.values = {
            node.targets[0].id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        tests = [(node.test, True) for node in ast.walk(function) if isinstance(node, ast.IfExp)]
        tests += [
            (node.test, False) for node in function.body if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Return)
        ]
        self.facts = {fact for test, holds in tests for fact in self._facts(test, holds)}
        self.returned = {
            other.name: other.body[-1].value
            for other in ast.walk(tree_of(path))
            if isinstance(other, ast.FunctionDef) and isinstance(other.body[-1], ast.Return)
        }

    def _facts(self, test: ast.expr, holds: bool) -> Iterator[tuple[str, str]]:
        """'n is positive' or 'n is below one', from a guard that holds there or that has returned already."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) and not holds:
            for part in test.values:  # one of them would have returned
                yield from self._facts(part, holds)
            return
        if not (isinstance(test, ast.Compare) and isinstance(test.left, ast.Name)):
            return
        declared = self._declared(test.comparators[0])
        if isinstance(test.comparators[0], ast.Constant):
            bound = float(test.comparators[0].value)
        elif declared:
            bound = min(parameter.low for parameter in declared)
        else:
            return
        sign = type(test.ops[0])
        is_left = (sign is ast.Lt and bound > 0) or (sign is ast.LtE and bound >= 0)
        if (holds and sign is ast.Gt and bound >= 0) or (not holds and is_left):
            yield test.left.id, "positive"
        if declared:
            return
        if (holds and sign is ast.Lt and bound <= 1) or (not holds and sign is ast.GtE and bound <= 1):
            yield test.left.id, "below one"

    def _declared(self, node: ast.expr) -> list[Parameter]:
        """The declaration behind k.name, or behind an argument that is named after a declared number."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "k":
            return [declarations()[f"{self.decision}.{node.attr}"]]
        if isinstance(node, ast.Name) and node.id in self.arguments:
            return [parameter for key, parameter in declarations().items() if key.endswith(f".{node.id}")]
        return []

    def is_below_one(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "min":
            return any(self.is_below_one(argument) for argument in node.args)
        if isinstance(node, ast.Name):
            if (node.id, "below one") in self.facts or (self.file, node.id) in BELOW_ONE:
                return True
            if node.id in self.values:
                return self.is_below_one(self.values[node.id])
        found = self._declared(node)
        return bool(found) and all(parameter.high < 1 for parameter in found)

    def is_never_negative(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in self.returned:
            return self.is_never_negative(self.returned[ast.unparse(node.func)])  # of the same file and the same k
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
            return self.is_never_negative(node.left) and self.is_never_negative(node.right)
        found = self._declared(node)
        return self.is_positive(node) or (bool(found) and all(parameter.low >= 0 for parameter in found))

    def is_positive(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return node.value > 0
        if isinstance(node, ast.Name):
            if node.id.isupper():
                return getattr(units, node.id) > 0
            if (node.id, "positive") in self.facts or (self.file, node.id) in POSITIVE:
                return True
            if node.id in self.values:
                return self.is_positive(self.values[node.id])
        if isinstance(node, ast.Call):
            function, inner = ast.unparse(node.func), [self.is_positive(argument) for argument in node.args]
            return function == "math.exp" or (function == "max" and any(inner)) or (function == "math.sqrt" and all(inner))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = (node.left, node.right)
            return any(map(self.is_positive, sides)) and all(map(self.is_never_negative, sides))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            return self.is_positive(node.left) and self.is_positive(node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            return ast.unparse(node.left) in ("1", "1.0") and self.is_below_one(node.right)
        found = self._declared(node)
        return bool(found) and all(parameter.low > 0 for parameter in found)


@every_rule_file
def test_a_formula_contains_no_undeclared_number(path):
    numbers = [
        f"line {node.lineno}: {node.value}"
        for function in compiled_functions(tree_of(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex) and node.value not in FREE_NUMBERS
    ]
    assert not numbers, f"declare these in {path.stem}.toml"


@every_rule_file
def test_no_rule_file_hides_a_number_behind_a_name(path):
    hidden = [
        f"line {node.lineno}"
        for node in tree_of(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and not is_enumeration(node)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and type(inner.value) in (int, float) and inner.value not in FREE_NUMBERS
    ]
    assert not hidden


@every_rule_file
def test_a_rule_file_holds_compiled_functions_and_nothing_else(path):
    tree = tree_of(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert functions
    assert functions == list(compiled_functions(tree))


@every_rule_file
def test_a_rule_knows_no_numpy_and_only_the_mathematics_on_which_both_engines_agree(path):
    tree = tree_of(path)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"np", "numpy", "round", "sum", "abs"}
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math"
    }
    assert used <= MATH


@every_rule_file
def test_no_rule_divides_by_what_could_be_zero(path):
    unguarded = []
    for function in compiled_functions(tree_of(path)):
        known = Divisors(path, function)
        unguarded += [
            f"{function.name}, line {node.lineno}: / {ast.unparse(node.right)}"
            for node in ast.walk(function)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv | ast.Mod)
            if not known.is_positive(node.right)
        ]
    assert not unguarded


@pytest.mark.parametrize(
    ("source", "is_safe"),
    [
        ("def f(k, n):\n    return 1.0 / n", False),
        ("def f(k, n):\n    return 1.0 / max(1.0, n)", True),
        ("def f(k, n):\n    if n < 1:\n        return 0.0\n    return 1.0 / n", True),
        ("def f(k, n):\n    if n < 0:\n        return 0.0\n    return 1.0 / n", False),
        ("def f(k, n):\n    return 1.0 / n if n > 0.0 else 0.0", True),
        ("def f(k, u):\n    return 1.0 / (1.0 - u)", False),
        ("def f(k, u):\n    if u >= 1.0:\n        return 0.0\n    return 1.0 / (1.0 - u)", True),
        ("def f(k, u):\n    return u / k.reference_utilisation", True),
        ("def f(k, u):\n    return u / k.background_utilisation", False),  # may be 0
        ("def f(k, u):\n    return u / (k.background_utilisation + k.smoothing)", True),
        ("def f(k, u):\n    return u / (k.background_utilisation + u)", False),
        ("def f(k, n):\n    if n <= 0.0:\n        return 0.0\n    return 1.0 / n", True),
        ("def f(k, n):\n    if n < k.hours_at_centre or n == 0:\n        return 0.0\n    return 1.0 / n", True),
        ("def f(k, n):\n    if n < k.background_utilisation or n == 0:\n        return 0.0\n    return 1.0 / n", False),
    ],
)
def test_the_watch_over_divisions_sees_what_it_should(source, is_safe):
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    known = Divisors(ROOT / "agents/centre/wait.py", function)
    divisors = [node.right for node in ast.walk(function) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    assert all(known.is_positive(divisor) for divisor in divisors) is is_safe


@pytest.mark.parametrize("path", sorted(ROOT.glob("agents/**/*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_agents_import_nothing_from_the_floors_above(path):
    imported = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert not imported & FLOORS_ABOVE
