"""What does a planner find in a new district's folder?

A scenario, the two tables with a made-up district that runs as it is, the case whose levers the scenario starts from, and
a README that explains every column. The README is made from the same declarations that check the files.
"""

import os
import textwrap
from pathlib import Path

from experiments.store import write_files
from model.district_columns import COLUMNS, COMMUNITIES, MINUTES, PROVIDERS, TRAVEL, Column
from model.parameters import ROOT
from model.refusal import ScenarioError, shortened

CASE, SCENARIO, README = "huaxi.toml", "district.toml", "README.txt"
ALLOWED = "allowed is the name of a new folder, or of an empty one"
WIDTH = 100

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

The tables are plain text with commas between the cells (in a spreadsheet: save as "CSV UTF-8"). The columns may stand in
any order; their names may not change. Write numbers plainly: 12.5, not 12,5; 1200, not 1,200; 0.3, not 30 %.
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


def readme() -> str:
    """The README of a template."""
    tables = [[name, "", *(line for column in columns for line in explained(column)), ""] for name, columns in COLUMNS.items()]
    return "\n".join([INTRODUCTION, *("\n".join(table) for table in tables), CLOSING])


def template_files() -> dict[str, bytes]:
    """The files of a template by name."""
    case = (ROOT / "scenarios" / CASE).read_text(encoding="utf-8")
    texts = {SCENARIO: SCENARIO_TEXT, CASE: case, COMMUNITIES: COMMUNITIES_TEXT, PROVIDERS: PROVIDERS_TEXT, README: readme()}
    return {name: text.encode() for name, text in texts.items()}


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
