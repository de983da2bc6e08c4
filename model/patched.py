"""Was a rule of the engine replaced in this process, where its machine code would go on with the old one?

Compiled functions read each other and their constants when they are compiled, and never again: a function or a number that
somebody puts into a module afterwards (`refer.p_sent = mine`, a reload) changes nothing and says nothing. So what the engine's
modules hold when they are first read is kept, and compared whenever a run starts and a year ends. With NUMBA_DISABLE_JIT=1
the plain Python runs, a replacement acts, and nothing is refused.

Left out: the parts of the engine that are never compiled, where a replacement acts as anywhere in Python.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from agents import compiled
from model.parameters import ROOT
from model.refusal import ScenarioError

DEFINED = re.compile(r"^@(?:compiled|inlined)\ndef (\w+)", re.MULTILINE)
CONSTANTS = (int, float, str, tuple)
MACHINE_CODE: Any = type(compiled.compiled(lambda: 0))
ALLOWED = "allowed is to edit {file} and start Python anew, or to run under NUMBA_DISABLE_JIT=1, where a replacement acts"


def _engine_modules() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, file and contents of every module of the engine."""
    for path in compiled.compiled_sources():
        file = path.relative_to(ROOT).as_posix()
        name = file.removesuffix(".py").replace("/", ".")
        yield name, file, vars(import_module(name))


def _is_as_defined(value: Any, module: str, name: str) -> bool:
    """[bool] Whether this is the machine code of the function that the module's file defines under this name."""
    return isinstance(value, MACHINE_CODE) and (value.py_func.__module__, value.py_func.__name__) == (module, name)


class _Engine(NamedTuple):
    """What the engine's modules hold that machine code reads but once: place by place, module, file, name and value."""

    places: list[tuple[dict[str, Any], str, str, str]]
    values: list[Any]
    replaced_before: tuple[str, str] | None  # file and function, if one was replaced before anybody looked


def _first_read() -> _Engine:
    found = _Engine([], [], None)
    for name, file, module in _engine_modules():
        for function in DEFINED.findall((ROOT / file).read_text(encoding="utf-8")):
            if not _is_as_defined(module.get(function), name, function):
                found = found._replace(replaced_before=(file, f"{name}.{function}"))
        kept = {key: value for key, value in module.items() if isinstance(value, (MACHINE_CODE, *CONSTANTS)) and key[:2] != "__"}
        found.places.extend((module, file, name, key) for key in kept)
        found.values.extend(kept.values())
    return found


_ENGINE = _first_read() if compiled.IS_COMPILED else _Engine([], [], None)


def refuse_patched_rules() -> None:
    """Raises ScenarioError if a compiled function, or a constant that it reads, is another than in its file."""
    if _ENGINE.replaced_before:
        raise _refusal(*_ENGINE.replaced_before)
    for (module, file, name, key), value in zip(_ENGINE.places, _ENGINE.values, strict=True):
        if module.get(key) is not value:
            raise _refusal(file, f"{name}.{key}")


def _refusal(file: str, what: str) -> ScenarioError:
    found = "was replaced in this process, while the engine's machine code is that of the file"
    return ScenarioError(what, found, ALLOWED.format(file=file))
