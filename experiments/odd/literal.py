"""What does a declaration in the sources say, read without running them?

The description must be checkable against any copy of the sources, also one that does not run. So declarations (lists of
fields, of ratios, of money columns) are read from the syntax tree: constants, names of the same file, tuples, lists,
dictionaries, formatted texts, comprehensions, and calls of the few makers that the reader names.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from model.refusal import ScenarioError, shortened

Names = Mapping[str, Any]
OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.BitOr: operator.or_,
}


class Reader:
    """Reads expressions of one file; `makers` are the functions whose calls it understands, beside range and len."""

    def __init__(self, file: str, tree: ast.Module, makers: Mapping[str, Callable[..., Any]]) -> None:
        self.file = file
        self.makers = {"range": range, "len": len, **makers}
        self.assigned = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def value_of(self, name: str) -> Any:
        """What a name of the file stands for; raises ScenarioError where the file has no such name."""
        if name not in self.assigned:
            raise ScenarioError(self.file, f"no {name} is declared", "allowed is a change of the reader in experiments/odd as well")
        return self.read(self.assigned[name], {})

    def read(self, node: ast.expr, names: Names) -> Any:
        """The value of an expression; raises ScenarioError on what a declaration does not contain."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            line, text = node.lineno, shortened(ast.unparse(node))
            raise ScenarioError(
                f"{self.file}, line {line}", text, "allowed in a declaration are constants, texts, lists and makers"
            )
        return method(node, names)

    def _constant(self, node: ast.Constant, names: Names) -> Any:  # noqa: ARG002 - all methods take the same
        return node.value

    def _name(self, node: ast.Name, names: Names) -> Any:
        return names[node.id] if node.id in names else self.value_of(node.id)

    def _items(self, nodes: list[ast.expr], names: Names) -> Iterator[Any]:
        for node in nodes:
            if isinstance(node, ast.Starred):
                yield from self.read(node.value, names)
            else:
                yield self.read(node, names)

    def _list(self, node: ast.List, names: Names) -> list[Any]:
        return list(self._items(node.elts, names))

    def _tuple(self, node: ast.Tuple, names: Names) -> tuple[Any, ...]:
        return tuple(self._items(node.elts, names))

    def _dict(self, node: ast.Dict, names: Names) -> dict[Any, Any]:
        pairs = zip(node.keys, node.values, strict=True)
        return {self.read(key, names): self.read(value, names) for key, value in pairs if key is not None}

    def _rounds(self, generator: ast.comprehension, names: Names) -> Iterator[Names]:
        for value in self.read(generator.iter, names):
            yield {**names, ast.unparse(generator.target): value}

    def _generatorexp(self, node: ast.GeneratorExp | ast.ListComp, names: Names) -> list[Any]:
        return [self.read(node.elt, inner) for inner in self._rounds(node.generators[0], names)]

    _listcomp = _generatorexp

    def _dictcomp(self, node: ast.DictComp, names: Names) -> dict[Any, Any]:
        rounds = self._rounds(node.generators[0], names)
        return {self.read(node.key, inner): self.read(node.value, inner) for inner in rounds}

    def _joinedstr(self, node: ast.JoinedStr, names: Names) -> str:
        return "".join(str(self.read(part, names)) for part in node.values)

    def _formattedvalue(self, node: ast.FormattedValue, names: Names) -> str:
        return str(self.read(node.value, names))

    def _binop(self, node: ast.BinOp, names: Names) -> Any:
        return OPERATORS[type(node.op)](self.read(node.left, names), self.read(node.right, names))

    def _unaryop(self, node: ast.UnaryOp, names: Names) -> Any:
        return -self.read(node.operand, names)

    def _call(self, node: ast.Call, names: Names) -> Any:
        made_by = ast.unparse(node.func)
        if made_by not in self.makers:
            raise ScenarioError(f"{self.file}, line {node.lineno}", f"{made_by}(...)", f"allowed are {', '.join(self.makers)}")
        words = {word.arg: self.read(word.value, names) for word in node.keywords if word.arg}
        return self.makers[made_by](*self._items(node.args, names), **words)
