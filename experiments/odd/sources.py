"""Which files, functions and declared things do the sources hold?

`Sources` reads a folder of sources once. Nothing is imported from it: the description is checked against the text, so
that a copy with a renamed field can be checked beside the original.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from agents.records import FLOAT, INT, Field
from experiments.odd.literal import Reader
from model.parameters import KNOWN_FIGURES, RENAMED, Parameter

MAKERS = {"Field": Field}
NAMES_OF_RECORDS = {"FLOAT": FLOAT, "INT": INT}


@dataclass(frozen=True)
class Function:
    """One function: the file it stands in, its name (Class.method for a method) and its syntax tree."""

    file: str
    name: str
    node: ast.FunctionDef

    @property
    def meaning(self) -> str:
        """The first line of its docstring, or its name as words where it has none."""
        words = self.name.rpartition(".")[2].strip("_").replace("_", " ")
        return (ast.get_docstring(self.node) or words).split("\n", 1)[0]


@dataclass(frozen=True)
class Sources:
    """The text of the project under one folder."""

    root: Path

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        """The syntax tree of every file of agents and model, by path from the root."""
        files = sorted([*self.root.glob("agents/**/*.py"), *self.root.glob("model/*.py")])
        return {file.relative_to(self.root).as_posix(): tree_of(file) for file in files}

    @cached_property
    def functions(self) -> dict[tuple[str, str], Function]:
        """Every function and method of agents and model, by file and name."""
        found = {}
        for file, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    found[file, node.name] = Function(file, node.name, node)
                if isinstance(node, ast.ClassDef):
                    methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
                    found |= {(file, name): Function(file, name, m) for m in methods for name in [f"{node.name}.{m.name}"]}
        return found

    def question(self, file: str) -> str:
        """The first line of a file's docstring."""
        return (ast.get_docstring(self.trees[file]) or "").split("\n", 1)[0]

    def reader(self, file: str, **makers: Any) -> Reader:
        """A reader of the declarations of one file."""
        return Reader(file, self.trees[file], {**MAKERS, **makers})

    @cached_property
    def records(self) -> dict[tuple[str, str], list[Field]]:
        """Every record that is declared, by file and name."""
        found = {}
        for file in self.trees:
            reader = self.reader(file)
            for name, node in reader.assigned.items():
                if isinstance(node, ast.List) and any(is_field(inner) for inner in ast.walk(node)):
                    found[file, name] = reader.read(node, NAMES_OF_RECORDS)
        return found

    def table(self, file: str) -> dict[str, Any]:
        """A TOML file of the sources."""
        return tomllib.loads((self.root / file).read_text(encoding="utf-8"))

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Every declared parameter by key, in the order of the files."""
        found = {}
        files = [path for path in self.root.glob("model/*.toml") if path.name not in (KNOWN_FIGURES, RENAMED)]
        for path in sorted([*self.root.glob("agents/*/*.toml"), *files]):
            key = path.stem if path.parent.name == "model" else f"{path.parent.name}.{path.stem}"
            file = path.relative_to(self.root).as_posix()
            for name, table in self.table(file).items():
                low, high = table["range"]
                said = {field.name: table[field.name] for field in fields(Parameter) if field.name in table}
                found[f"{key}.{name}"] = Parameter(f"{key}.{name}", low=low, high=high, file=file, **said)
        return found

    @cached_property
    def constants(self) -> dict[str, dict[str, int | float]]:
        """Every named number by file, also where several are named in one line."""
        return {file: dict(_constants(tree)) for file, tree in self.trees.items()}

    @property
    def rule_files(self) -> list[str]:
        """Every file that holds a decision."""
        return [file for file in self.trees if file.count("/") == 2 and not file.endswith(("__init__.py", "/record.py"))]


def tree_of(file: Path) -> ast.Module:
    """The syntax tree of a file; it is shared, and nobody writes to it."""
    return _parsed(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _constants(tree: ast.Module) -> Iterator[tuple[str, int | float]]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for name, value in zip(names, values, strict=False):
                number = value.value if isinstance(value, ast.Constant) else None
                if isinstance(name, ast.Name) and isinstance(number, int | float) and not isinstance(number, bool):
                    yield name.id, number


def is_field(node: ast.AST) -> bool:
    """[bool] Whether this is the declaration of a column."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "Field"


def decision_of(file: str) -> str:
    """The decision that a rule file holds: agents/fund/surplus.py holds fund.surplus."""
    return file.removeprefix("agents/").removesuffix(".py").replace("/", ".")
