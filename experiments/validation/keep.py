"""What was done already, and may it be used again?

Each step of the course is one file of the folder: what it found, the day, and a key of all that decides it (engine, sources of the
checks, scenario, effort). Another key, or a file that cannot be read, and the step is done again. So a course that was stopped
goes on.
"""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from experiments.mechanism_list import MECHANISMS
from experiments.store import write_files
from experiments.validation.check import Check, Picture

PARTS = "parts"
ROOT = Path(__file__).resolve().parents[2]
# What checks are made of besides the engine: a change of any of it asks for a new answer.
MADE_OF = ("experiments/validation/*.py", "experiments/evidence/*.py", "experiments/claims.py", "experiments/mechanism_list.py")
MADE_OF_MECHANISMS = ("experiments/claims.py", "experiments/mechanism_list.py", "experiments/validation/course_mechanisms.py")
ALSO_READ = ("docs/influence.md",)
ONLY_TOLD = ("report", "course_report", "course_face")  # files that tell what was found, and find nothing


@dataclass(frozen=True)
class Kept:
    """What a step found, and on which day."""

    found: Any
    date: str


@dataclass(frozen=True)
class Keeper:
    """The folder in which steps are kept; `today` is the day of what is done now."""

    folder: Path
    engine: str
    today: str

    def path(self, name: str) -> Path:
        """The file of a step."""
        return self.folder / PARTS / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.json"

    def key(self, name: str, asked: Any) -> str:
        """The key of a step [hex]."""
        text = json.dumps([name, self.engine, sources(name), asked], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def read(self, name: str, asked: Any) -> Kept | None:
        """What the step found before, or None."""
        try:
            there = json.loads(self.path(name).read_text(encoding="utf-8"))
            return Kept(there["found"], str(there["date"])) if there["key"] == self.key(name, asked) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def get(self, name: str, asked: Any, make: Callable[[], Any]) -> Kept:
        """What the step found before, or what it finds now; raises ScenarioError where nothing can be written."""
        there = self.read(name, asked)
        if there is None:
            there = Kept(make(), self.today)
            text = json.dumps({"key": self.key(name, asked), "date": there.date, "found": there.found}, indent=1)
            path = self.path(name)
            write_files(path.parent, {path.name: text.encode()})
            there = Kept(json.loads(text)["found"], there.date)
        return there


def sources(name: str) -> str:
    """Hash of what the checks of a step are made of [hex]."""
    digest = hashlib.sha256()
    patterns = MADE_OF_MECHANISMS if name in {experiment.name for experiment in MECHANISMS} else (*MADE_OF, *ALSO_READ)
    files = {path for pattern in patterns for path in ROOT.glob(pattern)}
    for path in sorted(path for path in files if not path.name.startswith(ONLY_TOLD)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def packed(checks: list[Check], pictures: list[Picture]) -> dict[str, Any]:
    """Checks and pictures as JSON holds them."""
    drawn = [asdict(picture) | {"svg": b64encode(picture.svg).decode()} for picture in pictures]
    return {"checks": [asdict(check) for check in checks], "pictures": drawn}


def unpacked(found: dict[str, Any]) -> tuple[list[Check], list[Picture]]:
    """Checks and pictures again."""
    pictures = [Picture(**(drawn | {"svg": b64decode(drawn["svg"])})) for drawn in found["pictures"]]
    return [Check(**check) for check in found["checks"]], pictures
