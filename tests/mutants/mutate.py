"""Which small mistakes could stand in a rule?

A mutant is a rule file with one edit inside one compiled function: an operator or comparison swapped, a term or a clamp
dropped, a constant, declared number or argument replaced by another, a condition negated or settled, a statement left out.
Two edits that parse to the same tree are one mutant, and what parses to the original is none. Ids come from the text of the
line, not from its number, so that they survive edits elsewhere.
"""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
RULE_FILES = sorted(path for path in ROOT.glob("agents/*/*.py") if path.name not in ("__init__.py", "record.py"))

SWAPPED_OPERATORS = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"), ast.Mod: ("%", "*")}
NEXT_COMPARISON = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
TURNED = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}  # to turn == about changes nothing
OTHER_CONSTANTS = {0: (1,), 1: (0, 2), 2: (1,)}
COMPOSITE = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.UnaryOp)
Edit = tuple[str, ast.AST, str]  # kind of mistake, what it replaces, by what


class Mutant(NamedTuple):
    """One edit of one rule file; `before` and `after` are the lines that differ."""

    id: str
    rule: str
    function: str
    kind: str
    line: int
    before: str
    after: str
    source: str


class RuleText:
    """The text of one rule file, its tree, and the edits that its nodes allow."""

    def __init__(self, source: str) -> None:
        self.source, self.tree = source, ast.parse(source)
        self.functions = [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        attributes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)]
        self.declared = sorted({node.attr for node in attributes if ast.unparse(node.value) == "k"})
        self._starts = [0]  # in bytes, as the syntax tree counts
        for line in source.encode().splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """First byte of a node, and the byte after its last."""
        return self._starts[node.lineno - 1] + node.col_offset, self._starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        """Text of a node, in brackets where it would bind differently elsewhere."""
        begin, end = self.span(node)
        found = self.source.encode()[begin:end].decode()
        return f"({found})" if isinstance(node, COMPOSITE) else found

    def replaced(self, node: ast.AST, text: str) -> str:
        """The whole file with other text in a node's place."""
        begin, end = self.span(node)
        return (self.source.encode()[:begin] + text.encode() + self.source.encode()[end:]).decode()

    def edits(self, function: ast.FunctionDef) -> Iterator[Edit]:
        """Every edit of one function, in the order of its tree."""
        body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
        if not (isinstance(body[0], ast.Return) and isinstance(body[0].value, ast.Constant)):
            yield "return early", body[0], "return 0"
        arguments = [argument.arg for argument in function.args.args if argument.arg != "k"]
        called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for statement in body:
            for node in ast.walk(statement):
                if id(node) not in called:
                    yield from self._of_names(node, arguments)
                yield from self._of_arithmetic(node)
                yield from self._of_conditions(node)
                yield from self._of_statements(node)

    def _of_names(self, node: ast.AST, arguments: list[str]) -> Iterator[Edit]:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            for other in OTHER_CONSTANTS.get(node.value, ()):
                yield "constant", node, str(type(node.value)(other))
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "k" and len(self.declared) > 1:
            following = self.declared[(self.declared.index(node.attr) + 1) % len(self.declared)]
            yield "another declared number", node, f"k.{following}"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in arguments and len(arguments) > 1:
            yield "another argument", node, arguments[(arguments.index(node.id) + 1) % len(arguments)]

    def _of_arithmetic(self, node: ast.AST) -> Iterator[Edit]:
        if isinstance(node, ast.BinOp):
            left, right = self.text(node.left), self.text(node.right)
            symbol, other = SWAPPED_OPERATORS[type(node.op)]
            yield "operator", node, f"({left} {other} {right})"
            yield "term dropped", node, left
            if not isinstance(node.left, ast.BinOp):
                first = {ast.Sub: f"(-{right})", ast.Div: f"(1.0 / {right})"}
                yield "term dropped", node, first.get(type(node.op), right)
            if isinstance(node.op, ast.Sub | ast.Div):
                yield "operands swapped", node, f"({right} {symbol} {left})"
        elif isinstance(node, ast.UnaryOp):
            yield "sign dropped" if isinstance(node.op, ast.USub) else "not dropped", node, self.text(node.operand)
        elif isinstance(node, ast.Call):
            arguments, name = [self.text(argument) for argument in node.args], ast.unparse(node.func)
            if name in ("min", "max"):
                yield "min and max", node, f"{'max' if name == 'min' else 'min'}({', '.join(arguments)})"
                yield from (("clamp dropped", node, argument) for argument in arguments)
            elif name == "math.floor":
                yield "rounding dropped", node, arguments[0]
            elif name == "math.pow":
                yield "operands swapped", node, f"{name}({', '.join(reversed(arguments))})"

    def _of_conditions(self, node: ast.AST) -> Iterator[Edit]:
        if isinstance(node, ast.If | ast.IfExp):
            yield "condition negated", node.test, f"(not {self.text(node.test)})"
            yield "condition settled", node.test, "True"
            yield "condition settled", node.test, "False"
        elif isinstance(node, ast.BoolOp):
            first, *others = [self.text(value) for value in node.values]
            other = " or " if isinstance(node.op, ast.And) else " and "
            yield "and, or", node, "(" + other.join([first, *others]) + ")"
            yield from (("condition dropped", node, value) for value in (first, *others))
        elif isinstance(node, ast.Compare):
            left, right = self.text(node.left), self.text(node.comparators[0])
            yield "comparison", node, f"{left} {NEXT_COMPARISON[type(node.ops[0])]} {right}"
            if type(node.ops[0]) in TURNED:
                yield "operands swapped", node, f"{right} {TURNED[type(node.ops[0])]} {left}"

    def _of_statements(self, node: ast.AST) -> Iterator[Edit]:
        if isinstance(node, ast.AugAssign):
            target, value = self.text(node.target), self.text(node.value)
            yield "operator", node, f"{target} {SWAPPED_OPERATORS[type(node.op)][1]}= {value}"
            yield "statement left out", node, "pass"


def _difference(before: str, after: str) -> tuple[int, str, str]:
    """Line number of the first line that differs, and the differing lines of both texts, each as one."""
    old, new = before.splitlines(), after.splitlines()
    first = next(i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    parts = (lines[first : len(lines) - last] for lines in (old, new))
    was, becomes = (" ".join(line.strip() for line in lines) for lines in parts)
    return first + 1, was, becomes


def mutants_of(rule: str, source: str) -> list[Mutant]:
    """Every mutant of one rule file, whose name is relative to the project; raises nothing for a file without functions."""
    text, found = RuleText(source), []
    seen = {ast.dump(text.tree)}
    ids: set[str] = set()
    for function in text.functions:
        for kind, node, replacement in text.edits(function):
            mutated = text.replaced(node, replacement)
            tree = ast.dump(ast.parse(mutated))
            if tree in seen:
                continue
            seen.add(tree)
            line, before, after = _difference(source, mutated)
            digest = hashlib.sha256(f"{rule} {function.name} {before} {after}".encode()).hexdigest()
            name = f"{Path(rule).stem}.{function.name}.{digest[:6]}"
            while name in ids:  # the same line twice in one function
                name += "'"
            ids.add(name)
            found.append(Mutant(name, rule, function.name, kind, line, before, after, mutated))
    return found


def all_mutants() -> list[Mutant]:
    """Every mutant of every rule file."""
    return [
        mutant for path in RULE_FILES for mutant in mutants_of(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]
