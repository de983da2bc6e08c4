"""Which values shall a parameter take?

On a command line `KEY=low:high:n`, n values at equal distances with both ends, or `KEY=a,b,c`; in a file a list or
`{ low, high, n }`. Values of a grid are rounded to twelve digits, so that the 0.15 of a grid and a written 0.15 are one point.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from model.parameters import declarations
from model.refusal import ScenarioError, shortened
from model.settings import checked_value, declared, groups

MOST_VALUES = 10_000  # of all parameters together: the folder's record of them stays a small file
ALLOWED = "allowed is KEY=low:high:n with n from 2, or KEY=a,b,c, such as fund.surplus.reinvested_share=0:1:5"
ALLOWED_IN_FILE = "allowed is a list of numbers, or { low = 0.0, high = 1.0, n = 5 }"
ALLOWED_VALUES = "a list of numbers, such as [0, 0.5, 1]"

Values = tuple[float | int, ...]


def read_vary(texts: Iterable[str], where: str = "--vary") -> dict[str, Values]:
    """The values of each `--vary`; raises ScenarioError."""
    found: dict[str, Values] = {}
    for text in texts:
        key, equals, written = (part.strip() for part in text.partition("="))
        if not equals or not key or not written:
            raise ScenarioError(where, shortened(text), ALLOWED)
        if key in found:
            raise ScenarioError(where, f"{shortened(key)} is given twice", "allowed is each key once")
        declared(key, where)
        found[key] = _grid(key, written, where) if ":" in written else _listed(key, _numbers(key, written, where), where)
    return found


def read_vary_table(table: object, where: str) -> dict[str, Values]:
    """The values of a file's `vary` table; raises ScenarioError."""
    if not isinstance(table, Mapping):
        raise ScenarioError(where, f"vary is {shortened(table)}", "allowed is a table [vary] of parameters")
    found = {key: _values_of(key, value, where) for key, value in _leaves(table, where, "")}
    check_number(found, where)
    return found


def read_vary_mapping(vary: object, where: str) -> dict[str, Values]:
    """The values of a mapping that a program made, numbers of numpy among them; raises ScenarioError."""
    if not isinstance(vary, Mapping):
        raise ScenarioError(where, shortened(vary), f"allowed is a mapping of parameters, each to {ALLOWED_VALUES}")
    found = {}
    for key, values in vary.items():
        if not isinstance(key, str):
            raise ScenarioError(where, f"{shortened(key)} is no name", "allowed are names of parameters")
        declared(key, where)
        found[key] = _values_of(key, _plain(key, values, where), where)
    check_number(found, where)
    return found


def _plain(key: str, values: object, where: str) -> object:
    """Values as a file would have them."""
    if isinstance(values, Mapping):
        return {name: _of_python(value) for name, value in values.items()}
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ScenarioError(where, f"{key} varies over {shortened(values)}", f"allowed is {ALLOWED_VALUES}")
    try:
        return [_of_python(value) for value in values]
    except TypeError as error:  # an array without dimensions
        raise ScenarioError(where, f"{key} varies over {shortened(values)}", f"allowed is {ALLOWED_VALUES}") from error


def _of_python(value: object) -> object:
    """A number of numpy as one of Python; anything else as it is."""
    item = getattr(value, "item", None)
    try:
        return item() if callable(item) else value
    except (TypeError, ValueError):
        return value


def check_number(vary: Mapping[str, Values], where: str) -> None:
    """Refuse more values than a folder's record can hold; raises ScenarioError."""
    n = sum(len(values) for values in vary.values())
    if n > MOST_VALUES:
        raise ScenarioError(where, f"{n:,} values are listed", f"allowed are {MOST_VALUES:,} of all parameters together")


def checked_values(key: str, values: Iterable[object], where: str) -> Values:
    """The values of a list if each is allowed and none is there twice; raises ScenarioError."""
    return _listed(key, list(values), where)


def _leaves(table: Mapping[str, Any], where: str, prefix: str) -> Iterable[tuple[str, object]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if "." in name:
            raise ScenarioError(where, f"{shortened(name)} has dots inside quotes", "allowed are names without quotes")
        if key in declarations():
            yield key, value
        elif key in groups() and isinstance(value, Mapping):
            yield from _leaves(value, where, f"{key}.")
        else:
            declared(key, where)  # which refuses it, with the nearest name


def _values_of(key: str, value: object, where: str) -> Values:
    if isinstance(value, list):
        return _listed(key, value, where)
    if not isinstance(value, Mapping) or set(value) != {"low", "high", "n"}:
        raise ScenarioError(where, f"{key} varies over {shortened(value)}", ALLOWED_IN_FILE)
    return _linear(key, value["low"], value["high"], value["n"], where)


def _grid(key: str, written: str, where: str) -> Values:
    parts = [part.strip() for part in written.split(":")]
    if len(parts) != 3 or not parts[2].isdecimal():
        raise ScenarioError(where, f"{key} varies over {shortened(written)}", ALLOWED)
    low, high = _numbers(key, ",".join(parts[:2]), where)
    return _linear(key, low, high, int(parts[2][:10]), where)


def _numbers(key: str, written: str, where: str) -> list[object]:
    found: list[object] = []
    for text in written.split(","):
        try:
            found.append(float(text) if not text.strip().lstrip("+-").isdecimal() else int(text[:30]))
        except ValueError as error:
            raise ScenarioError(where, f"{key} varies over {shortened(written)}, which are not numbers", ALLOWED) from error
    return found


def _linear(key: str, low: object, high: object, n: object, where: str) -> Values:
    """`n` values at equal distances, both ends among them."""
    first, last = checked_value(key, low, where), checked_value(key, high, where)
    if isinstance(n, bool) or not isinstance(n, int) or not 2 <= n <= MOST_VALUES:
        raise ScenarioError(where, f"{key} takes {shortened(n)} values", f"allowed is a whole number from 2 to {MOST_VALUES:,}")
    if not first < last:
        found = f"{key} goes from {first:g} to {last:g}, which is no step upwards"
        raise ScenarioError(where, found, "allowed is low:high:n with low below high")
    return _listed(key, [float(f"{first + (last - first) * i / (n - 1):.12g}") for i in range(n)], where)


def _listed(key: str, values: list[object], where: str) -> Values:
    if not values:
        raise ScenarioError(where, f"{key} varies over nothing", ALLOWED_IN_FILE)
    if len(values) > MOST_VALUES:
        raise ScenarioError(where, f"{key} takes {len(values):,} values", f"allowed are {MOST_VALUES:,}")
    checked = tuple(checked_value(key, value, where) for value in values)
    if len(set(checked)) < len(checked):
        twice = next(value for value in checked if checked.count(value) > 1)
        raise ScenarioError(where, f"{key} takes {twice:g} twice", "allowed is each value once")
    return checked
