"""What may stand in each column of a district's files?

One declaration of a column serves the check, the template with its README and docs/district.md. What is read from a cell:
model/district_cells.py; what else a column may be called: model/district_names.py.
"""

from dataclasses import dataclass

from agents.centre.record import SITE_KINDS
from model.refusal import Phrase, number, phrase

COMMUNITIES, PROVIDERS, TRAVEL = "communities.csv", "providers.csv", "travel.csv"
FILES = (COMMUNITIES, PROVIDERS, TRAVEL)
NAME, WHOLE, NUMBER, MONEY, CHOICE, NOTE = "name", "whole number", "number", "money", "choice", "note"
YES, NO = "yes", "no"
LONGEST_NAME = 60


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

    def allowed(self) -> Phrase:
        """What is allowed, in words."""
        if self.kind == NAME:
            return phrase("a name of 1 to {longest} characters, each name once", longest=LONGEST_NAME)
        if self.kind == NOTE:
            return phrase("any text, or nothing")
        if self.kind == CHOICE and len(self.choices) == 2:
            return phrase("{first} or {second}", first=self.choices[0], second=self.choices[1])
        if self.kind == CHOICE:
            return phrase("one of {names}", names=", ".join(self.choices))
        values = {"low": number(self.low), "high": number(self.high), "unit": Phrase(self.unit)}
        return Phrase(self._said_of_numbers(), values)

    def _said_of_numbers(self) -> str:
        if self.kind == MONEY:
            return "an amount in whole fen from {low} to {high} {unit}"
        if self.kind == NUMBER:
            return "a number from {low} to {high} {unit}"
        return "a whole number from {low} to {high} {unit}" + (", or nothing" if self.is_optional else "")

    def is_number(self) -> bool:
        """[bool] Whether a number stands in this column."""
        return self.kind in (WHOLE, NUMBER, MONEY)


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
