"""What does a planner find in a new district's folder?

A scenario, the two tables with a made-up district that runs as it is, the case whose levers the scenario starts from, and
a README that explains every column. The README is made from the same declarations that check the files. The same stands in
a workbook (experiments/district_workbook.py), and all of it in Chinese (experiments/district_template.zh.toml).
"""

import csv
import io
import os
import textwrap
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from experiments.refusal_texts import translator
from experiments.spreadsheet import BYTE_ORDER_MARK, csv_bytes
from experiments.store import write_files
from model.district_columns import COLUMNS, COMMUNITIES, MINUTES, PROVIDERS, TRAVEL, Column
from model.district_names import CHINESE_COLUMNS, CHINESE_TABLES, CHINESE_WORDS
from model.parameters import ROOT
from model.refusal import ScenarioError, said_by, shortened

CASE, SCENARIO, README = "huaxi.toml", "district.toml", "README.txt"
CHINESE = Path(__file__).parent / "district_template.zh.toml"
ALLOWED = "allowed is the name of a new folder, or of an empty one"
WIDTH = 100
FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of every file in a zip, so that equal templates are equal bytes

BARE_SCENARIO = """\
extends = "huaxi.toml"
title = "A district of my own"
question = "What would the alliance bring to the children of this district?"
[zh]
title = "我的地区"
question = "医联体会给这个地区的儿童带来什么？"
[district]
folder = "."
"""
"""What tables that come without a scenario are: a district under the rules of the case."""

SCENARIO_TEXT = """\
extends = "huaxi.toml"
title = "Our district"
question = "What would the alliance bring to the children of our district?"
because = "Made-up numbers: replace those of communities.csv and providers.csv by your own."

# The district: this folder's communities.csv and providers.csv (and travel.csv, if there is one). See README.txt.
[district]
folder = "."

# Everything else is a lever of the scenario, as for the case; `alliance explain NAME` tells what each means.
[hospital.accredit]
pass_rate = 0.1

[fund.surplus]
reinvested_share = 0.5
"""

COMMUNITIES_TEXT = """\
name,x_km,y_km,children_0_4,children_5_9,children_10_14,mean_income_yuan,note
Eastgate,6.0,5.0,900,850,700,118000,made up
Riverside,4.0,6.5,700,640,560,104000,made up
Old Town,5.0,4.0,820,800,690,96000,made up
Millfield,9.0,7.5,340,320,260,82000,made up
Hilltop,1.5,9.0,160,150,130,64000,made up
"""

PROVIDERS_TEXT = """\
name,kind,x_km,y_km,doctors,fee_yuan,certified,separate,candidates,note
Old Town Health Centre,centre,5.1,4.2,8,142.60,1,no,,made up
Riverside Health Centre,centre,4.1,6.4,6,142.60,0,yes,,made up
Millfield Health Centre,centre,8.9,7.4,4,138.00,0,no,2,made up
Dr Lin's Clinic,clinic,5.6,5.2,1,120.00,0,no,,made up
Eastgate Family Clinic,clinic,6.2,4.8,2,125.00,1,no,,made up
Maternal and Child Hospital,maternal_hospital,5.4,5.0,0,245.50,0,no,,made up
County Hospital,other_hospital,6.5,6.0,0,280.00,0,no,,made up
Alliance Hospital,alliance_hospital,12.0,2.0,0,336.00,0,no,,made up
"""

INTRODUCTION = f"""\
YOUR OWN DISTRICT

This folder is a scenario that runs as it is, in a made-up district. Put in your own numbers:

  {COMMUNITIES:<16} who lives where: a line for each community (town, village, quarter)
  {PROVIDERS:<16} who gives care where: a line for each centre, clinic and hospital
  {TRAVEL:<16} not there at first: minutes of travel, if you know them better than a straight line does
  {SCENARIO:<16} the scenario: its question, its levers, and the folder of the district
  {CASE:<16} the case from which the scenario takes everything that it does not say itself

  alliance district .                       every mistake by file, line and column; then a summary and a map
  alliance district . --map map.png         the map as a picture (.png or .svg)
  alliance run {SCENARIO}                run it
  alliance run {SCENARIO} --seeds 20     with 95 % intervals

The tables are plain text with commas between the cells (in a spreadsheet: save as "CSV UTF-8"), or sheets of the same
names in one .xlsx workbook. The columns may stand in any order; their names may not change. Write numbers plainly: 12.5, not
12,5; 1200, not 1,200; 0.3, not 30 %.

FROM DEGREES TO KM

Lists and maps give longitude and latitude in degrees; x_km and y_km are km. Choose one point in the middle of the district. Then

  x_km = 111.3 x cos(latitude of the middle) x (longitude - longitude of the middle)
  y_km = 111.3 x (latitude - latitude of the middle)

In a spreadsheet, with longitudes in column A, latitudes in B, and the middle's in E1 and F1:
  =111.3*COS(RADIANS($F$1))*(A2-$E$1)      and      =111.3*(B2-$F$1)
Take all places from one map: some maps are shifted by some hundred metres, all places alike.
"""

CLOSING = f"""\
{TRAVEL}

Only if you want it. Without it, minutes = minutes_at_least + minutes_per_km x distance, two parameters of the scenario.
The first cell of the header is the word community, the others are the names of all providers; each line begins with a
community's name and goes on with the minutes to each provider.
'alliance district . --travel {TRAVEL}' writes the minutes that follow from the positions, to be corrected.

  minutes    {MINUTES.meaning}: {MINUTES.allowed()}

WHAT THE FILES DO NOT SAY

Households, frailty, trust, skill and all luck are drawn for each world number (--seed), as in the case. What the hospitals
can take is a parameter of each kind of hospital (hospital.admit.visits_per_day_...), stated for 90,000 children, taken in
proportion to yours, and shared evenly by the hospitals of the kind; so are the experts' hours, the reserved numbers, the
subsidy and the operating fund. What the files say, a scenario cannot say again: population.n_children, prices.centre_yuan
and the like are refused.

More in docs/district.md.
"""


@cache
def chinese() -> dict[str, Any]:
    """What the template says in Chinese."""
    return tomllib.loads(CHINESE.read_text(encoding="utf-8"))


def wrapped(label: str, text: str) -> list[str]:
    """A label in a column of its own, the text beside it."""
    gap = " " * 19
    return textwrap.wrap(text, WIDTH, initial_indent=f"  {label:<17}", subsequent_indent=gap)


def explained(column: Column) -> list[str]:
    """A column in words: what it is, what is allowed, what it moves."""
    needed = " (this column may be missing)" if column.is_optional else ""
    return [
        *wrapped(column.name, f"{column.meaning}{needed}"),
        *wrapped("", f"Allowed: {column.allowed()}."),
        *wrapped("", f"Moves: {column.moves}."),
    ]


def column_texts(table: str, column: Column, language: str) -> tuple[str, str, str, str]:
    """A column's name, meaning, what is allowed, what it moves, in a language."""
    if language == "en":
        return column.name, column.meaning, str(column.allowed()), column.moves
    said = chinese()["columns"][Path(table).stem][column.name]
    allowed = _in_chinese_words(said_by(column.allowed(), translator("zh")))
    return CHINESE_COLUMNS[column.name], said["meaning"], allowed, said["moves"]


def _in_chinese_words(text: str) -> str:
    """The words that may stand in a cell, by their Chinese names."""
    for word in sorted(CHINESE_WORDS, key=len, reverse=True):
        text = text.replace(word, CHINESE_WORDS[word]) if word.isascii() and len(word) > 1 else text
    return text


def readme(language: str = "en") -> str:
    """The README of a template."""
    if language == "en":
        tables = [[name, "", *(line for column in columns for line in explained(column)), ""] for name, columns in COLUMNS.items()]
        return "\n".join([INTRODUCTION, *("\n".join(table) for table in tables), CLOSING])
    lines = [chinese()["introduction"]]
    for table, columns in COLUMNS.items():
        lines.append(f"{CHINESE_TABLES[Path(table).stem]}.csv\n")
        for column in columns:
            name, meaning, allowed, moves = column_texts(table, column, language)
            lines.append(f"  {name}：{meaning}\n      允许：{allowed}。影响：{moves}。\n")
    return "\n".join([*lines, chinese()["closing"]])


def template_tables(language: str = "en") -> dict[str, list[list[str]]]:
    """The rows of the two tables, header first, by the name of the table without ending."""
    texts = {COMMUNITIES: COMMUNITIES_TEXT, PROVIDERS: PROVIDERS_TEXT}
    if language == "en":
        return {Path(name).stem: list(csv.reader(io.StringIO(text))) for name, text in texts.items()}
    return {
        CHINESE_TABLES[stem]: [[CHINESE_COLUMNS[column.name] for column in COLUMNS[f"{stem}.csv"]], *chinese()[stem]]
        for stem in map(_stem, texts)
    }


def _stem(name: str) -> str:
    return Path(name).stem


def template_files(language: str = "en") -> dict[str, bytes]:
    """The files of a template by name."""
    texts = {SCENARIO: SCENARIO_TEXT, CASE: (ROOT / "scenarios" / CASE).read_text(encoding="utf-8")}
    if language != "en":
        texts[SCENARIO] = chinese()["scenario"]
    tables = {f"{name}.csv": csv_bytes(_csv(rows)) for name, rows in template_tables(language).items()}
    told = readme(language)
    mark = "" if told.isascii() else BYTE_ORDER_MARK
    name = README if language == "en" else "说明.txt"
    return {name: text.encode() for name, text in texts.items()} | tables | {name: f"{mark}{told}".encode()}


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def template_zip(language: str = "en") -> bytes:
    """The template in one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in template_files(language).items():
            file.writestr(zipfile.ZipInfo(name, FIRST_DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def write_template(folder: Path) -> None:
    """Write the template into a new or empty folder, all of it or nothing; raises ScenarioError."""
    try:
        problem = _problem(folder)
    except (OSError, ValueError) as error:
        problem = f"is no path ({error.__class__.__name__})"
    if problem:
        raise ScenarioError(shortened(str(folder)), problem, ALLOWED)
    write_files(folder, template_files())


def _problem(folder: Path) -> str:
    there = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    if not there.is_dir():
        return "is no folder" if there == folder else "lies below what is no folder"
    if there == folder and any(folder.iterdir()):
        return "is not empty"
    return "" if os.access(there, os.W_OK | os.X_OK) else "cannot be written to"
