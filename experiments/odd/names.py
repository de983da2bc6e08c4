"""Does everything that the prose names in code style exist?

A name between backticks is a path, a test, a parameter, a decision, a command, or a name of the code (column, array,
indicator, figure, function, class, purpose of a die). What is none of these has been renamed or never was. Where the prose
states the value of a named number, as in "`fund.pay.benchmark_share` = 0.015", it is the declared one.
"""

import ast
import re
from functools import cached_property
from pathlib import Path

from experiments.odd.entities import fields_of
from experiments.odd.figures import figures, known
from experiments.odd.patterns import is_test
from experiments.odd.rules import purposes
from experiments.odd.sources import Sources, decision_of, tree_of

GENERATED = re.compile(r"<!-- generated: .*?<!-- end -->", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
STATED = re.compile(r"`([A-Za-z_0-9.]+)` = (-?[\d,]*\d(?:\.\d+)?)")
COMMAND = re.compile(r"alliance(?: ([a-z-]+).*)?")


class Names:
    """What may be named in code style."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    @cached_property
    def known(self) -> set[str]:
        """Every name of the code."""
        sources = self.sources
        found = fields_of(sources) | set(figures(sources)) | set(known(sources)) | set(purposes(sources)) | set(sources.parameters)
        found |= {decision_of(file) for file in sources.rule_files} | {key.rsplit(".", 1)[0] for key in sources.parameters}
        found |= {key.rsplit(".", 1)[-1] for key in sources.parameters} | set(self.numbers)
        for tree in sources.trees.values():
            found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        return found | {function.name for function in sources.functions.values()}

    @cached_property
    def numbers(self) -> dict[str, int | float]:
        """Every number that has a name: parameters by key, constants of the code."""
        found = {name: value for constants in self.sources.constants.values() for name, value in constants.items()}
        return found | {key: parameter.value for key, parameter in self.sources.parameters.items()}

    @cached_property
    def commands(self) -> set[str]:
        """Every command of the terminal: those in a table of commands, and those of the door itself."""
        found = set()
        for path in [*sorted(self.sources.root.glob("terminal/*.py")), self.sources.root / "cli.py"]:
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "COMMANDS" and isinstance(node.value, ast.Dict):
                    found |= {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
                if isinstance(node, ast.FunctionDef):
                    marks = [mark for mark in node.decorator_list if ast.unparse(mark).startswith("app.command(")]
                    found |= {ast.unparse(mark)[len("app.command(") : -1].strip("'") or node.name for mark in marks}
        return found

    def exists(self, name: str) -> bool:
        """[bool] Whether a name in code style stands for something."""
        if command := COMMAND.fullmatch(name):
            return command[1] is None or command[1] in self.commands
        if "::" in name:
            return is_test(self.sources, name)
        if "/" in name or Path(name).suffix in (".md", ".py", ".toml", ".cff"):
            return any(self.sources.root.glob(name.rstrip("/")))
        return name in self.known

    def wrong_in(self, text: str) -> list[tuple[int, str]]:
        """Line, and what is wrong there: a name that does not exist, a value that is not the declared one."""
        prose = GENERATED.sub(lambda block: "\n" * block[0].count("\n"), text)
        found = []
        for number, line in enumerate(prose.splitlines(), 1):
            found += [
                (number, f"{name} is named, the code has no such name") for name in CODE.findall(line) if not self.exists(name)
            ]
            for name, stated in STATED.findall(line):
                declared = self.numbers.get(name)
                if declared is not None and float(stated.replace(",", "")) != declared:
                    found.append((number, f"{name} is stated as {stated}, declared is {declared:g}"))
        return found
