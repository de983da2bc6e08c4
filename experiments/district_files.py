"""How is a district written down again, so that its tables say the same?

For what must stand by itself: the folder of a sweep, that goes on elsewhere. Notes are not kept; everything that is read is.
"""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from agents.centre.record import SITE_KINDS
from agents.units import FEN_PER_YUAN
from experiments.spreadsheet import csv_bytes
from model.district import District
from model.district_columns import COLUMNS, COMMUNITIES, NO, NOTE, PROVIDERS, TRAVEL, YES
from model.district_travel import CORNER


def plain(number: float) -> str:
    """A number without an exponent, the same number when it is read."""
    return format(Decimal(repr(number)), "f")


def _table(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return csv_bytes(text.getvalue())


def header(name: str) -> list[str]:
    """The columns of a table that are read."""
    return [column.name for column in COLUMNS[name] if column.kind != NOTE]


def files_of(district: District) -> dict[str, bytes]:
    """The tables of a district by name; providers in the order of their keys."""
    communities = [
        [each.name, plain(each.x_km), plain(each.y_km), *map(str, each.children), plain(each.mean_income_yuan)]
        for each in district.communities
    ]
    order = sorted(range(len(district.providers)), key=lambda place: district.providers[place].row)
    in_order = [district.providers[place] for place in order]
    providers = [
        [
            each.name, SITE_KINDS[each.kind], plain(each.x_km), plain(each.y_km), str(each.doctors),
            plain(each.fee_fen / FEN_PER_YUAN), str(each.certified), YES if each.is_separate else NO, str(each.candidates),
        ]
        for each in in_order
    ]  # fmt: skip
    files = {COMMUNITIES: _table([header(COMMUNITIES), *communities]), PROVIDERS: _table([header(PROVIDERS), *providers])}
    if district.minutes is not None:
        lines = [
            [each.name, *(plain(row[place]) for place in order)]
            for each, row in zip(district.communities, district.minutes, strict=True)
        ]
        files[TRAVEL] = _table([[CORNER, *(each.name for each in in_order)], *lines])
    return files
