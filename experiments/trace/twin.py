"""How can one watch the engine decide, without a second engine?

Every compiled function of agents/ and model/ is an ordinary Python function with machine code beside it. A twin holds
each of them once more, made of the same code object, in modules of its own where every call from one to the next passes
a gate. Who watches decides at each gate: run the machine code, or step into the plain source and write down what goes
in and what comes out. Both give the same bits (tests/engine/test_same_bits.py), so the watched world is the world.
Nothing of the engine is changed, and two twins know nothing of each other.
"""

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Protocol

from agents.prefetch import bring_near

FLOORS = ("agents", "model")
MARKS = ("compiled", "inlined")  # the decorators of agents/compiled.py


class Watcher(Protocol):
    """Who stands at the gates of a twin."""

    def call(self, gate: "Gate", args: tuple[Any, ...]) -> Any:
        """Answer one call: by machine code, or by the plain source."""

    def range(self, *bounds: int) -> Any:
        """Stand in for the built-in `range` inside the plain source."""


@dataclass(eq=False)
class Gate:
    """One function of the engine: its machine code, its plain source, and who watches it."""

    name: str  # such as agents.doctor.refer.p_sent
    fast: Callable[..., Any]
    plain: FunctionType
    says: str  # the first sentence of its docstring
    loops_over: frozenset[str]  # names of tables that it goes through from the first row to the last
    watcher: Watcher
    calls: set["Gate"] = field(default_factory=set, repr=False)

    @property
    def is_rule(self) -> bool:
        """[bool] Whether this is a decision of an actor, not a step of the week."""
        return self.name.startswith("agents.")

    def place_of(self, argument: str) -> int:
        """Where this argument stands, -1 if there is none of that name."""
        return self.places.get(argument, -1)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each argument."""
        return {name: place for place, name in enumerate(self.arguments)}

    @cached_property
    def step(self) -> str:
        """Its name without module: run_week."""
        return self.name.rpartition(".")[2]

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """Names of the arguments, in order."""
        return self.plain.__code__.co_varnames[: self.plain.__code__.co_argcount]

    @cached_property
    def led_to(self) -> frozenset["Gate"]:
        """This function and all that it may lead to."""
        seen: set[Gate] = {self}
        ahead: list[Gate] = [self]
        while ahead:
            found = ahead.pop().calls - seen
            seen |= found
            ahead.extend(found)
        return frozenset(seen)

    @cached_property
    def decides(self) -> bool:
        """[bool] Whether it leads to a decision of an actor."""
        return any(gate.is_rule for gate in self.led_to)

    def reaches(self, table: str) -> bool:
        """[bool] Whether it or what it leads to goes through the whole table."""
        return any(table in gate.loops_over for gate in self.led_to)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Let the watcher answer."""
        args += tuple(named[name] for name in self.arguments[len(args) :]) if named else ()
        return self.watcher.call(self, args)


def _table_of(loop: ast.For, bounds: dict[str, ast.expr]) -> str:
    """'doctors' for a loop over range(len(doctors)), range(len(world.doctors)) or range(doctors.shape[0]), '' for any other."""
    match loop.iter:
        case ast.Call(func=ast.Name(id="range"), args=[bound]):
            return _counted(bounds.get(bound.id, bound) if isinstance(bound, ast.Name) else bound)
    return ""


def _counted(bound: ast.expr) -> str:
    """The table whose rows an expression counts, '' if none."""
    match bound:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=table) | ast.Attribute(attr=table)]):
            return table
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id=table) | ast.Attribute(attr=table), attr="shape")):
            return table
    return ""


@cache
def _engine_functions(file: str) -> dict[str, frozenset[str]]:
    """The compiled functions of a source file, each with the tables that it goes through."""
    found = {}
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and any(isinstance(d, ast.Name) and d.id in MARKS for d in node.decorator_list):
            loops = [inner for inner in ast.walk(node) if isinstance(inner, ast.For)]
            bounds = dict(pair for inner in ast.walk(node) if isinstance(inner, ast.Assign) for pair in _given(inner))
            found[node.name] = frozenset({_table_of(loop, bounds) for loop in loops} - {""})
    return found


def _given(assignment: ast.Assign) -> list[tuple[str, ast.expr]]:
    """Names with the expressions that they are given: n = len(x), or n, m = len(x), 0."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for target in assignment.targets:
        if isinstance(target, ast.Tuple) and isinstance(assignment.value, ast.Tuple):
            pairs += zip(target.elts, assignment.value.elts, strict=False)
        else:
            pairs.append((target, assignment.value))
    return [(target.id, value) for target, value in pairs if isinstance(target, ast.Name)]


def _nothing(*_: Any) -> None:
    """Memory need not be brought near where every step is a hundred times slower."""


class Twin:
    """The engine once more, with a gate before every function; one for each watcher."""

    def __init__(self, watcher: Watcher) -> None:
        originals = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in FLOORS and module}
        self.modules = {name: ModuleType(name, module.__doc__) for name, module in originals.items()}
        self.gates: dict[int, Gate] = {}
        for name, module in originals.items():
            vars(self.modules[name]).update(vars(module))
            for function, loops in _engine_functions(module.__file__).items() if module.__file__ else ():
                self._add_gate(name, getattr(module, function), loops, watcher)
        for module in self.modules.values():
            space = vars(module)
            space |= {key: self._replaced(value) for key, value in space.items()}
            space["range"] = watcher.range
        for gate in self.gates.values():
            gate.calls = set(self._called(gate.plain.__code__, vars(self.modules[gate.name.rpartition(".")[0]])))

    def _add_gate(self, module: str, fast: Callable[..., Any], loops: frozenset[str], watcher: Watcher) -> None:
        source: FunctionType = getattr(fast, "py_func", fast)
        plain = FunctionType(source.__code__, vars(self.modules[module]), source.__name__, source.__defaults__)
        says = " ".join((source.__doc__ or "").split()).partition(". ")[0].rstrip(".")
        self.gates[id(fast)] = Gate(f"{module}.{source.__name__}", fast, plain, says, loops, watcher)

    def _replaced(self, value: Any) -> Any:
        if isinstance(value, ModuleType):
            return self.modules.get(value.__name__, value)
        return _nothing if value is bring_near else self.gates.get(id(value), value)

    def _called(self, code: CodeType, space: dict[str, Any]) -> list[Gate]:
        """Gates that this code names, directly or as `module.function`."""
        direct = [space.get(name) for name in code.co_names]
        inside = [vars(m).get(name) for m in direct if isinstance(m, ModuleType) for name in code.co_names]
        return [value for value in (*direct, *inside) if isinstance(value, Gate)]

    def bound(self, method: MethodType) -> MethodType:
        """The same method of the same object, its calls into the engine passing the gates."""
        source = method.__func__
        space = vars(self.modules[source.__module__])
        return MethodType(FunctionType(source.__code__, space, source.__name__), method.__self__)
