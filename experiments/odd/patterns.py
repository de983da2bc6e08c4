"""Which patterns is the model held against, and which test looks at each?

Mechanisms are read from experiments/mechanism_list.py and their tests from tests/patterns, both from the syntax tree; the
other patterns and the known data name their test in patterns.toml. Every test is looked up in the test files.
"""

import ast
import tomllib
from collections.abc import Iterator

from experiments.odd.figures import known, said_value
from experiments.odd.sources import Sources, tree_of
from experiments.odd.table import code, markdown_table
from model.refusal import ScenarioError

LIST, TESTS, NAMED = "experiments/mechanism_list.py", "tests/patterns", "experiments/odd/patterns.toml"


def is_test(sources: Sources, test_id: str) -> bool:
    """[bool] Whether the file of a test id holds a test of that name; what stands in brackets after it does not matter."""
    file, _, name = test_id.partition("::")
    path = sources.root / file
    if not path.is_file() or not name.startswith("test_"):
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == name.partition("[")[0] for node in ast.walk(tree_of(path)))


def mechanisms(sources: Sources) -> dict[str, tuple[str, str, int]]:
    """Name, question and number of claims of every experiment, by the name of its variable."""
    found = {}
    for node in tree_of(sources.root / LIST).body:
        is_one = isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if is_one and ast.unparse(node.value.func) == "Experiment":  # pyright: ignore[reportAttributeAccessIssue]
            name, question, _, claims = node.value.args[:4]  # pyright: ignore[reportAttributeAccessIssue]
            found[ast.unparse(node.targets[0])] = name.value, question.value, len(claims.elts)  # pyright: ignore[reportAttributeAccessIssue]
    return found


def mechanism_tests(sources: Sources) -> Iterator[tuple[str, str]]:
    """Variable of an experiment, and the test that runs it."""
    for path in sorted(sources.root.glob(f"{TESTS}/test_*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.parametrize":
                        test_id = f"{path.relative_to(sources.root).as_posix()}::{node.name}"
                        yield from ((inner.id, test_id) for inner in ast.walk(mark) if isinstance(inner, ast.Name))


def mechanisms_table(sources: Sources) -> str:
    """Every mechanism: its question, how many claims it makes, the test that runs them; raises ScenarioError without one."""
    tests = dict(mechanism_tests(sources))
    lines = []
    for variable, (name, question, n_claims) in mechanisms(sources).items():
        if variable not in tests:
            raise ScenarioError(LIST, f"no test of {TESTS} runs {name}", "allowed is a mechanism with a test")
        lines.append((name, question, n_claims, code(f"{tests[variable]}[{name}]")))
    return markdown_table(("pattern", "question", "claims", "test"), lines)


def _named(sources: Sources) -> list[dict[str, str]]:
    return tomllib.loads((sources.root / NAMED).read_text(encoding="utf-8"))["pattern"]


def patterns_table(sources: Sources) -> str:
    """Every other named pattern with its test; raises ScenarioError where the test does not exist."""
    named = [pattern for pattern in _named(sources) if "name" in pattern]
    return markdown_table(("pattern", "claim", "test"), [(p["name"], p["claim"], code(_test_of(sources, p))) for p in named])


def known_table(sources: Sources) -> str:
    """Every datum that is known besides the parameters: what it is used for, and the test of the datum or of its use."""
    named = {pattern.get("figure") or pattern.get("use"): pattern for pattern in _named(sources) if "name" not in pattern}
    lines = []
    for name, datum in known(sources).items():
        use, about = datum.get("use", ""), datum.get("pattern", name)
        pattern = named.get(name) or named.get(use)
        test = code(_test_of(sources, pattern)) if pattern else "none yet"
        lines.append((code(name), use, code(about), said_value(datum), datum["unit"], datum["kind"], datum["meaning"], test))
    head = ("datum", "used to", "speaks about", "value (range)", "unit", "kind", "meaning", "test")
    return markdown_table(head, lines)


def _test_of(sources: Sources, pattern: dict[str, str]) -> str:
    if not is_test(sources, pattern["test"]):
        raise ScenarioError(NAMED, f"no test {pattern['test']}", "allowed is a test of this project")
    return pattern["test"]
