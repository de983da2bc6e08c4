"""What may stand in each column of a district's files?

One declaration of a column serves the check, the README of a template and docs/district.md. A cell is plain text: a whole
number, a number with a point, a name, one of a few words. What a spreadsheet makes of it (a formula, a per cent sign, a
comma for the point) is refused with a hint.
"""

import re
from dataclasses import dataclass

from agents.centre.record import SITE_KINDS
from agents.units import FEN_PER_YUAN
from model.refusal import number, shortened
from model.settings import nearest_names

COMMUNITIES, PROVIDERS, TRAVEL = "communities.csv", "providers.csv", "travel.csv"
NAME, WHOLE, NUMBER, MONEY, CHOICE, NOTE = "name", "whole number", "number", "money", "choice", "note"
YES, NO = "yes", "no"
LONGEST_NAME, LONGEST_NOTE = 60, 300

PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
NOT_FINITE = re.compile(r"[-+]?(nan|inf|infinity|1\.#\w+)", re.IGNORECASE)
HINTS = (
    (re.compile(r"[-+]?[0-9.,]+ *%"), "without the per cent sign"),
    (re.compile(r"-?[0-9]{1,3}([,' ][0-9]{3})+(\.[0-9]+)?"), "without anything between the thousands"),
    (re.compile(r"-?[0-9]+,[0-9]+"), "with a point, not a comma"),
    (re.compile(r"-?[0-9.]+ *[^0-9.,]+"), "without a unit"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands in it, from where to where, and what it moves."""

    name: str
    kind: str
    unit: str
    meaning: str
    moves: str
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    is_optional: bool = False

    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.kind == NAME:
            return f"a name of 1 to {LONGEST_NAME} characters, each name once"
        if self.kind == NOTE:
            return f"any text of up to {LONGEST_NOTE} characters, or nothing"
        if self.kind == CHOICE:
            return " or ".join(self.choices) if len(self.choices) == 2 else f"one of {', '.join(self.choices)}"
        kind = {WHOLE: "a whole number", NUMBER: "a number", MONEY: "an amount in whole fen"}[self.kind]
        empty = ", or nothing" if self.is_optional else ""
        return f"{kind} from {number(self.low)} to {number(self.high)} {self.unit}{empty}"

    def is_number(self) -> bool:
        """[bool] Whether a number stands in this column."""
        return self.kind in (WHOLE, NUMBER, MONEY)


class CellError(ValueError):
    """What is wrong with one cell: what was found, what is allowed."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(found)
        self.found, self.allowed = found, allowed


Value = float | int | str | None


def read_cell(column: Column, text: str) -> Value:
    """The value of a cell, None for an optional one that is empty; raises CellError."""
    if not text:
        if column.is_optional:
            return None
        raise CellError("is empty", f"allowed is {column.allowed()}")
    if text[0] in "=@" or (text[0] in "+-" and not column.is_number()):
        raise CellError(f"is {shortened(text)}, a formula of a spreadsheet", f"allowed is its value: {column.allowed()}")
    if column.kind in (NAME, NOTE):
        return _read_text(column, text)
    if column.kind == CHOICE:
        return _read_choice(column, text)
    return _read_number(column, text)


def _read_text(column: Column, text: str) -> str:
    longest = LONGEST_NAME if column.kind == NAME else LONGEST_NOTE
    if len(text) > longest:
        raise CellError(f"has {len(text):,} characters", f"allowed is {column.allowed()}")
    if not text.isprintable():
        raise CellError(f"is {shortened(text)}, which cannot be printed", f"allowed is {column.allowed()}")
    return text


def _read_choice(column: Column, text: str) -> str:
    word = text.lower()
    if word not in column.choices:
        nearest = nearest_names(word, column.choices)[0]
        hint = f", the nearest is {nearest}" if len(column.choices) > 2 else ""
        raise CellError(f"is {shortened(text)}", f"allowed is {column.allowed()}{hint}")
    return word


def _read_number(column: Column, text: str) -> float | int:
    allowed = f"allowed is {column.allowed()}"
    if NOT_FINITE.fullmatch(text):
        raise CellError(f"is {shortened(text)}, which is not finite", allowed)
    if not PLAIN.fullmatch(text):
        hint = next((f", written {hint}" for pattern, hint in HINTS if pattern.fullmatch(text)), "")
        raise CellError(f"is {shortened(text)}, which is not a plain number", f"{allowed}{hint}")
    value = float(text)
    if value < 0.0 <= column.low:
        raise CellError(f"is {text}, which is negative", allowed)
    if not column.low <= value <= column.high:
        raise CellError(f"is {text}, out of range", allowed)
    if column.kind == WHOLE:
        if not value.is_integer():
            raise CellError(f"is {text}, which is not whole", allowed)
        return int(value)
    if column.kind == MONEY and abs(value * FEN_PER_YUAN - round(value * FEN_PER_YUAN)) > 1e-6:
        raise CellError(f"is {text}, which is no whole number of fen", f"{allowed}: at most two digits after the point")
    return value


_CHILDREN = "illnesses, visits, members: everything that is counted in children"
_PLACE = "travel time, and with it who goes where"


def _children(ages: str, meaning: str) -> Column:
    return Column(f"children_{ages}", WHOLE, "children", meaning, _CHILDREN, 0, 1_000_000)


def _positions(whose: str) -> tuple[Column, Column]:
    return (
        Column("x_km", NUMBER, "km", f"position of the {whose} from west to east, from any origin", _PLACE, -500.0, 500.0),
        Column("y_km", NUMBER, "km", f"position of the {whose} from south to north, same origin", _PLACE, -500.0, 500.0),
    )


_NOTE = Column("note", NOTE, "", "where the numbers come from; it is not read", "nothing", is_optional=True)

COLUMNS: dict[str, tuple[Column, ...]] = {
    COMMUNITIES: (
        Column("name", NAME, "", "the community's name", "nothing; travel.csv names it"),
        *_positions("community's middle"),
        _children("0_4", "children under 5 who live here"),
        _children("5_9", "children from 5 to 9"),
        _children("10_14", "children from 10 to 14"),
        Column(
            "mean_income_yuan", NUMBER, "yuan/year", "mean yearly income of a household with children here",
            "who joins the plan, and stays; 120,000 is the case's", 1_000.0, 2_000_000.0,
        ),
        _NOTE,
    ),
    PROVIDERS: (
        Column("name", NAME, "", "the provider's name", "nothing; travel.csv names it"),
        Column(
            "kind", CHOICE, "", "what it is; at least one centre, exactly one alliance_hospital", "capacity, choice, accounts",
            choices=SITE_KINDS,
        ),
        *_positions("provider"),
        Column(
            "doctors", WHOLE, "doctors",
            "family doctors who work here: from 1 at a centre or clinic, 0 at a hospital, whose capacity is a parameter",
            "visits that the place can take, doctors who may be certified", 0, 300,
        ),
        Column(
            "fee_yuan", MONEY, "yuan/visit", "what one visit costs in all, whoever pays",
            "own payments, what basic insurance and the fund pay, choice", 1.0, 5_000.0,
        ),
        Column(
            "certified", WHOLE, "doctors", "those of its doctors who hold the alliance's certificate when the case starts",
            "accredited doctors of the first years; 0 at a hospital", 0, 300,
        ),
        Column(
            "separate", CHOICE, "", "whether a centre is under separate revenue and expenditure; no elsewhere",
            "what of the alliance's pay reaches its doctors, and when", choices=(YES, NO),
        ),
        Column(
            "candidates", WHOLE, "doctors",
            "those of its doctors who may sit the examination, the certified among them; nothing means all",
            "accredited doctors of later years", 0, 300, is_optional=True,
        ),
        _NOTE,
    ),
}  # fmt: skip
MINUTES = Column("minutes", NUMBER, "min", "minutes from door to door", _PLACE, 0.0, 600.0)
