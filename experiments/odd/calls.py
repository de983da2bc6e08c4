"""Which function calls which, in which order and under which condition?

The order is that of the text: statements from top to bottom, inner calls before outer ones. A branch that returns ends
the matter where it calls something; where it calls nothing, what follows holds unless its condition does.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from experiments.odd.sources import Function, Sources

ALLIANCE, INSTITUTIONS = "model/alliance.py", "model/institutions.py"
Conditions = tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One call of a function of the project, with the conditions on its way."""

    function: Function
    conditions: Conditions


class CallGraph:
    """Who calls whom among the functions of agents and model."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._of: dict[tuple[str, str], list[Call]] = {}

    def calls_of(self, function: Function) -> list[Call]:
        """The calls of one function in order; what is called twice under the same conditions is named once."""
        key = function.file, function.name
        if key not in self._of:
            calls = [(self._target(function, node), conditions) for node, conditions in _in_block(function.node.body, ())]
            self._of[key] = list(dict.fromkeys(Call(target, conditions) for target, conditions in calls if target))
        return self._of[key]

    def rules_of(self, function: Function) -> list[str]:
        """The rule files that a function asks, itself or through others, in order of the first call."""
        seen: dict[tuple[str, str], Function] = {}
        self._walk(function, seen)
        return list(dict.fromkeys(found.file for found in seen.values() if found.file in self.sources.rule_files))

    def _walk(self, function: Function, seen: dict[tuple[str, str], Function]) -> None:
        key = function.file, function.name
        if key not in seen:
            seen[key] = function
            for call in self.calls_of(function):
                self._walk(call.function, seen)

    def _target(self, inside: Function, node: ast.Call) -> Function | None:
        """The function of the project that is called, None if it is none of ours."""
        functions, name = self.sources.functions, ast.unparse(node.func)
        if name.startswith("self."):
            owner = inside.name.partition(".")[0]
            institution = self.institutions.get(name.removesuffix(".step")) if inside.file == ALLIANCE else None
            return functions.get(institution or (inside.file, f"{owner}.{name.removeprefix('self.')}"))
        first, _, rest = name.partition(".")
        file, imported = self.imports[inside.file].get(first, (inside.file, first))
        return functions.get((file, rest or imported))

    @cached_property
    def imports(self) -> dict[str, dict[str, tuple[str, str]]]:
        """By file, where a name comes from: (file, name of the function), or (file, '') for a module."""
        return {file: dict(self._imported(tree)) for file, tree in self.sources.trees.items()}

    def _imported(self, tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                folder = node.module.replace(".", "/")
                for alias in node.names:
                    module = f"{folder}/{alias.name}.py"
                    is_module = module in self.sources.trees
                    yield alias.asname or alias.name, (module, "") if is_module else (f"{folder}.py", alias.name)

    @cached_property
    def institutions(self) -> dict[str, tuple[str, str]]:
        """The step of each institution by the attribute of the model that holds it: self.fund is a Fund."""
        found = {}
        for node in ast.walk(self.sources.functions[ALLIANCE, "AllianceModel.__init__"].node):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
                for target, value in zip(node.targets[0].elts, node.value.elts, strict=True):
                    made = value.body if isinstance(value, ast.IfExp) else value
                    step = INSTITUTIONS, f"{ast.unparse(made.func)}.step" if isinstance(made, ast.Call) else ""
                    if step in self.sources.functions:
                        found[ast.unparse(target)] = step
        return found


def _in_block(block: list[ast.stmt], conditions: Conditions) -> Iterator[tuple[ast.Call, Conditions]]:
    for statement in block:
        if isinstance(statement, ast.If):
            yield from _in_branches(statement, conditions)
            if _returns(statement.body) and not _calls_something(statement.body):
                conditions = (*conditions, f"unless {said(statement.test)}")
        elif isinstance(statement, ast.For):
            yield from _in_expression(statement.iter, conditions)
            each = f"for each {said(statement.target)} of {said(statement.iter)}"
            yield from _in_block(statement.body, (*conditions, each))
        elif isinstance(statement, ast.While):
            while_ = (*conditions, f"while {said(statement.test)}")
            yield from _in_expression(statement.test, while_)
            yield from _in_block(statement.body, while_)
        elif isinstance(statement, ast.With):
            yield from _in_block(statement.body, conditions)
        else:
            yield from _in_expression(statement, conditions)


def _in_branches(statement: ast.If, conditions: Conditions) -> Iterator[tuple[ast.Call, Conditions]]:
    test = said(statement.test)
    end = ", which ends it" if _returns(statement.body) else ""
    yield from _in_expression(statement.test, conditions)
    yield from _in_block(statement.body, (*conditions, f"if {test}{end}"))
    yield from _in_block(statement.orelse, (*conditions, f"unless {test}"))


def _returns(block: list[ast.stmt]) -> bool:
    return isinstance(block[-1], ast.Return | ast.Continue | ast.Raise | ast.Break)


def _calls_something(block: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Call) for statement in block for node in ast.walk(statement))


def _in_expression(node: ast.AST, conditions: Conditions) -> Iterator[tuple[ast.Call, Conditions]]:
    """Inner calls before outer ones, from left to right."""
    for child in ast.iter_child_nodes(node):
        yield from _in_expression(child, conditions)
    if isinstance(node, ast.Call):
        yield node, conditions


def said(node: ast.expr) -> str:
    """A condition in few words: a die by its purpose, the rows of a table by the table."""
    text = re.sub(r"die\(seed, dice\.(\w+),[^)]*\)", r"die \1", ast.unparse(node))
    text = re.sub(r"range\(len\((?:world\.)?(\w+)\)\)", r"\1", text)
    return re.sub(r"(\w+)\((?:\w+, ){3,}\w+\)", r"\1", text)
