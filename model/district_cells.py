"""What does one cell of a district's tables say?

A cell is plain text: a whole number, a number with a point, a name, one of a few words. What a keyboard or a spreadsheet adds
without a meaning is passed over (spaces that only look like spaces, full-width digits, a minus sign that is no hyphen);
what could mean two things (a comma in a number, a per cent sign, a date) is refused with a hint.
"""

import re
import unicodedata

from agents.units import FEN_PER_YUAN
from model.district_columns import CHOICE, LONGEST_NAME, MONEY, NAME, NOTE, WHOLE, Column
from model.district_names import word_of
from model.refusal import Phrase, phrase, shortened
from model.settings import nearest_names

PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
NOT_FINITE = re.compile(r"[-+]?(nan|inf|infinity|1\.#\w+)", re.IGNORECASE)
ERRORS = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
OF_KEYBOARDS = str.maketrans("０１２３４５６７８９．－−–﹣", "0123456789.----")  # full width, and what stands for a minus
HINTS = (
    (re.compile(r"[-+]?[0-9.,]+ *%"), phrase("written without the per cent sign")),
    (re.compile(r"[-+]?[0-9.]+e[-+]?[0-9]+", re.IGNORECASE), phrase("written out, without an exponent")),
    (re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?|.*[月日].*"), phrase("and no date")),
    (re.compile(r"-?[0-9]{1,3}([,，' ][0-9]{3})+(\.[0-9]+)?"), phrase("written without anything between the thousands")),
    (re.compile(r"-?[0-9]+[,，][0-9]+"), phrase("written with a point, not a comma")),
    (re.compile(r"-?[0-9.]+ *[^0-9.,，]+"), phrase("written without a unit")),
)  # fmt: skip
OUT_OF_RANGE = {  # what a number below or above the range often is
    ("x_km", True): phrase("in km, not in metres"),
    ("y_km", True): phrase("in km, not in metres"),
    ("mean_income_yuan", False): phrase("in yuan a year, not in 10,000 yuan"),
    ("fee_yuan", True): phrase("in yuan, not in fen"),
    ("minutes", True): phrase("in minutes, not in seconds or metres"),
}

Value = float | int | str | None


class CellError(ValueError):
    """What is wrong with one cell: what was found, what is allowed."""

    def __init__(self, found: Phrase, allowed: Phrase) -> None:
        super().__init__(str(found))
        self.found, self.allowed = found, allowed


def cleaned(text: str) -> str:
    """A cell's text without what cannot be seen: spaces of any kind at its ends, marks of writing direction, breaks inside."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return re.sub(r"\s+", " ", seen).strip()


def key_of(name: str) -> str:
    """What two ways to write one name have in common: capitals, width and the way accents are composed do not count."""
    return unicodedata.normalize("NFKC", name).casefold()


def read_cell(column: Column, text: str) -> Value:
    """The value of a cell, None for an optional one that is empty; raises CellError."""
    if column.kind == NOTE:
        return text  # nobody reads it, so nothing in it can be wrong
    text = cleaned(text)
    if not text:
        if column.is_optional:
            return None
        raise CellError(phrase("is empty"), _allowed(column))
    if column.is_number():
        text = text.translate(OF_KEYBOARDS)
    if text[0] in "=@" or (text[0] in "+-" and not column.is_number()):
        found = phrase("is {value}, a formula of a spreadsheet", value=shortened(text))
        raise CellError(found, phrase("allowed is its value: {column}", column=column.allowed()))
    if column.kind == NAME:
        return _read_name(column, text)
    if column.kind == CHOICE:
        return _read_choice(column, text)
    return _read_number(column, text)


def _allowed(column: Column, hint: Phrase | None = None) -> Phrase:
    if hint is None:
        return phrase("allowed is {column}", column=column.allowed())
    return phrase("allowed is {column}, {hint}", column=column.allowed(), hint=hint)


def _read_name(column: Column, text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise CellError(phrase("has {n} characters", n=f"{len(text):,}"), _allowed(column))
    if not text.isprintable():
        raise CellError(phrase("is {value}, which cannot be printed", value=shortened(text)), _allowed(column))
    return text


def _read_choice(column: Column, text: str) -> str:
    word = word_of(text, column.choices)
    if word is None:
        near = nearest_names(text.lower(), column.choices) if len(column.choices) > 2 else []
        hint = phrase("the nearest is {name}", name=near[0]) if near else None
        raise CellError(phrase("is {value}", value=shortened(text)), _allowed(column, hint))
    return word


def _read_number(column: Column, text: str) -> float | int:
    if NOT_FINITE.fullmatch(text):
        raise CellError(phrase("is {value}, which is not finite", value=shortened(text)), _allowed(column))
    if ERRORS.fullmatch(text):
        raise CellError(phrase("is {value}, an error of a spreadsheet", value=shortened(text)), _allowed(column))
    if not PLAIN.fullmatch(text):
        hint = next((hint for pattern, hint in HINTS if pattern.fullmatch(text)), None)
        raise CellError(phrase("is {value}, which is not a plain number", value=shortened(text)), _allowed(column, hint))
    value = float(text)
    if value < 0.0 <= column.low:
        raise CellError(phrase("is {value}, which is negative", value=text), _allowed(column))
    if not column.low <= value <= column.high:
        hint = OUT_OF_RANGE.get((column.name, abs(value) > column.high))
        raise CellError(phrase("is {value}, out of range", value=text), _allowed(column, hint))
    if column.kind == WHOLE:
        if not value.is_integer():
            raise CellError(phrase("is {value}, which is not whole", value=text), _allowed(column))
        return int(value)
    if column.kind == MONEY and abs(value * FEN_PER_YUAN - round(value * FEN_PER_YUAN)) > 1e-6:
        hint = phrase("with at most two digits after the point")
        raise CellError(phrase("is {value}, which is no whole number of fen", value=text), _allowed(column, hint))
    return value
