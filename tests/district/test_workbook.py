"""Is a workbook read as its tables are, and can none be made to fill a memory or to run anything?"""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from experiments.district_template import template_tables
from experiments.district_workbook import template_workbook
from model.district import District
from model.district_check import check_district
from model.district_workbook import plain_number
from tests.district.conftest import COMMUNITIES, PROVIDERS, SCENARIO, TRAVEL

pytestmark = pytest.mark.case

TEXTS = {"communities": COMMUNITIES, "providers": PROVIDERS, "travel": TRAVEL}


def cell(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def book(hidden: tuple[str, ...] = (), **sheets: str | list[list[Any]]) -> bytes:
    """A workbook; a sheet's content is a table as text, or rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        days = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in sheets.items():
            sheet = made.add_worksheet(name)
            rows = (
                [[cell(text) for text in line.split(",")] for line in content.splitlines()] if isinstance(content, str) else content
            )
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, days)
                    elif isinstance(value, tuple):
                        sheet.write_formula(r, c, value[0], None, value[1])
                    elif value != "":
                        sheet.write(r, c, value)
            if name in hidden:
                sheet.hide()
    return file.getvalue()


def folder_with(tmp_path: Path, **files: bytes | str) -> Path:
    folder = tmp_path / "county"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path) -> District:
    district, mistakes = check_district(folder)
    assert [(one.where(), str(one.found)) for one in mistakes.found] == []
    assert district is not None
    return district


def refused(folder: Path) -> str:
    district, mistakes = check_district(folder)
    assert district is None
    return " | ".join(f"{one.where()}: {one.found}; {one.allowed}" for one in mistakes.found)


@pytest.fixture
def plain(tmp_path: Path) -> District:
    folder = tmp_path / "plain"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.csv").write_text(text)
    return read(folder)


def test_three_sheets_of_one_workbook_are_the_three_tables(tmp_path: Path, plain: District) -> None:
    folder = folder_with(tmp_path, 我的地区__xlsx=book(notes="x", **TEXTS), district__toml=SCENARIO)
    assert read(folder) == plain
    assert read(folder).fingerprint == plain.fingerprint


def test_a_workbook_may_stand_for_each_table(tmp_path: Path, plain: District) -> None:
    one = book(Sheet1=COMMUNITIES)
    two = book(Notes="what,ever", providers=PROVIDERS)
    assert read(folder_with(tmp_path, communities__xlsx=one, Providers__XLSX=two, travel__csv=TRAVEL)) == plain


def test_another_workbook_beside_the_tables_is_left_alone(tmp_path: Path) -> None:
    files = {"communities__csv": COMMUNITIES, "providers__csv": PROVIDERS}
    before = read(folder_with(tmp_path, **files))
    assert read(folder_with(tmp_path, budget__xlsx=book(providers="x,y"), broken__xlsx=b"PK\x03\x04")) == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_s_workbook_is_read_as_it_is(language: str, tmp_path: Path) -> None:
    district = read(folder_with(tmp_path, template__xlsx=template_workbook(language)))
    assert district.n_children == 8_020
    names = [rows[1][0] for rows in template_tables(language).values()]
    assert [district.communities[0].name, district.of_kind(0)[0].name] == names
    assert template_workbook(language) == template_workbook(language)


def rows_of(text: str) -> list[list[Any]]:
    return [[cell(value) for value in line.split(",")] for line in text.splitlines()]


def test_formulas_count_with_their_value_and_yes_may_be_true(tmp_path: Path, plain: District) -> None:
    communities, providers = rows_of(COMMUNITIES), rows_of(PROVIDERS)
    communities[1][3] = ("=200+10", 210)
    separate = providers[0].index("separate")
    for row in providers[1:]:
        row[separate] = row[separate] == "yes"
    assert read(folder_with(tmp_path, d__xlsx=book(communities=communities, providers=providers, travel=TRAVEL))) == plain


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (("=NA()", "#N/A"), "an error of a spreadsheet"),
        (date(2024, 5, 3), "'2024-05-03', which is not a plain number"),
        ("", "is empty"),
    ],
)
def test_errors_days_and_gaps_are_refused_by_row_and_column(value: Any, said: str, tmp_path: Path) -> None:
    communities = rows_of(COMMUNITIES)
    communities[2][4] = value
    line = refused(folder_with(tmp_path, communities__xlsx=book(Sheet1=communities), providers__csv=PROVIDERS))
    assert line.startswith("communities.xlsx, line 3, column children_5_9: is")
    assert said in line


def test_an_error_where_nothing_is_allowed_too_is_refused(tmp_path: Path) -> None:
    providers = rows_of(PROVIDERS)
    providers[3][providers[0].index("candidates")] = ("=1/0", "#DIV/0!")
    assert "an error" in refused(folder_with(tmp_path, d__xlsx=book(communities=COMMUNITIES, providers=providers)))


def test_hidden_sheets_are_not_read_and_several_without_a_name_refused(tmp_path: Path) -> None:
    hidden = book(hidden=("communities",), providers=PROVIDERS, communities=COMMUNITIES)
    assert "communities.csv: no such file" in refused(folder_with(tmp_path, d__xlsx=hidden))
    several = book(one=COMMUNITIES, two=PROVIDERS)
    line = refused(folder_with(tmp_path, communities__xlsx=several))
    assert "communities.xlsx: has 2 visible sheets: one, two; allowed is one, or one that is called like the table" in line


def packed(**parts: bytes) -> bytes:
    """The workbook of the communities with parts replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(communities=COMMUNITIES))) as there,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml"}
        replaced = {names.get(key, f"xl/{key}.xml"): content for key, content in parts.items()}
        for name in there.namelist():
            made.writestr(name, replaced.pop(name, there.read(name)))
        for name, content in replaced.items():
            made.writestr(name, content)
    return file.getvalue()


SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"
FAR_OUT = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE = {
    "a bomb": (packed(sharedStrings=b"0" * 200_000_000), "unpacks to more than a table"),
    "a bomb in another part": (packed(media=b"0" * 200_000_000), "unpacks to more than a table"),
    "a cell far out": (packed(sheet=SHEET.format(FAR_OUT).encode()), "has a cell in row 1,048,576"),
    "entities": (packed(sheet=b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET.format("").encode()), "is no .xlsx workbook"),
    "broken XML": (packed(sheet=b"<worksheet><sheetData><row>"), "is no .xlsx workbook"),
    "no workbook": (packed(workbook=b""), "is no .xlsx workbook"),
    "half of it": (book(communities=COMMUNITIES)[:1_500], "is no .xlsx workbook"),
    "nothing": (b"", "is no .xlsx workbook"),
    "a text": (COMMUNITIES.encode(), "is no .xlsx workbook"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is no .xlsx workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_spreadsheet_would_write_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    content, said = HOSTILE[name]
    line = refused(folder_with(tmp_path, communities__xlsx=content, providers__csv=PROVIDERS))
    assert line.startswith("communities.xlsx: ")
    assert said in line
    assert line.count("|") <= 1


@pytest.mark.unit
def test_a_number_is_written_in_full_and_without_the_noise_of_halves() -> None:
    assert [plain_number(value) for value in (142.6, 0.1 + 0.2, 1200.0, 1e11, 1e-7, -4.0)] == [
        "142.6", "0.3", "1200", "100000000000", "0.0000001", "-4",
    ]  # fmt: skip
