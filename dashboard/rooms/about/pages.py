"""Which pages can be read here, and from which files are they made?

A page is a document of the folder `docs`, written by hand or by a command, or it is made from the declarations. Where a document
exists in one language only, the page says so in the other. The folder stands beside the packages; an installation that
carries it as data has it under `share/alliance-simulator`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from model.parameters import ROOT

FOLDERS = (ROOT, Path(sys.prefix) / "share" / "alliance-simulator")
"""Where the documents, the licence and the citation may stand, the nearest first."""
MARK = "CITATION.cff"
"""What tells a folder of ours from one in which others also leave documents and licences."""


@dataclass(frozen=True)
class Reading:
    """One page: `files` are its documents by language; without any it is made here. `also` are documents that it replaces."""

    name: str
    group: str
    files: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


GROUPS = ("first", "evidence", "description", "using", "software")
READINGS = (
    Reading("lay", "first", {"en": "lay.md", "zh": "lay.zh.md"}),
    Reading("limits", "first", {"en": "limits.md"}),
    Reading("glossary", "first", also=("glossary.md",)),
    Reading("numbers", "evidence", also=("parameters.md", "assumptions.md")),
    Reading("calibration", "evidence", {"en": "calibration.md"}),
    Reading("validation", "evidence", {"en": "validation.md"}),
    Reading("answers", "evidence", {"en": "answers.md"}),
    Reading("sensitivity", "evidence", {"en": "sensitivity.md"}),
    Reading("register", "evidence", {"en": "evidence.md"}),
    Reading("odd", "description", {"en": "odd.md"}),
    Reading("mechanisms", "description", {"en": "mechanisms.md"}),
    Reading("influence", "description", {"en": "influence.md"}),
    Reading("case", "description", {"en": "case.md"}),
    Reading("left_out", "description", {"en": "left-out.md"}),
    Reading("first_hour", "using", {"en": "first-hour.md"}),
    Reading("district", "using", {"en": "district.md"}),
    Reading("sweeps", "using", {"en": "sweeps.md"}),
    Reading("terminal", "using", {"en": "python.md"}),
    Reading("cite", "software"),
    Reading("licence", "software"),
    Reading("privacy", "software"),
)
BY_NAME = {reading.name: reading for reading in READINGS}
FIRST = READINGS[0].name
OF_FILE = {file: reading.name for reading in READINGS for file in (*reading.files.values(), *reading.also)}


def reading_of(place: str) -> Reading:
    """Return the page that a place of the address names, the first for what is no page."""
    return BY_NAME.get(place, BY_NAME[FIRST])


def language_of(reading: Reading, language: str) -> str:
    """Return in which language a page can be read when another is asked for."""
    return language if language in reading.files or not reading.files else next(iter(reading.files))


def found(name: str) -> Path | None:
    """Return where a file such as docs/limits.md stands, None if it is not installed."""
    ours = [folder for folder in FOLDERS if (folder / MARK).is_file()]
    return next((folder / name for folder in ours if (folder / name).is_file()), None)
