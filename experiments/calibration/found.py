"""What was found by the calibrations of a folder? Read back from the files that `alliance calibrate` wrote."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.calibration.readings import Reading, readings
from experiments.calibration.targets import Target
from model.refusal import ScenarioError, shortened

RECORD = "calibration.json"


@dataclass(frozen=True)
class Found:
    """One calibration, as its files say."""

    name: str
    reading: Reading | None
    record: dict[str, Any]
    aims: tuple[Target, ...]
    posterior: pd.DataFrame
    figures: pd.DataFrame
    check: pd.DataFrame
    scenario: str
    """The text of the scenario at its best point."""

    @property
    def best(self) -> dict[str, float]:
        """The best point."""
        return self.record["best"]

    @property
    def is_the_case(self) -> bool:
        """[bool] Whether it is the case itself: with COVID, and with the declared share of the visits."""
        return self.name == Path(self.record["source"]).stem

    @property
    def label(self) -> str:
        """What it is called in tables and pictures."""
        return self.reading.title.removeprefix("Reading ") if self.reading else self.name


def found_in(folder: Path) -> list[Found]:
    """Every finished calibration of a folder: cases first, then the readings in order; raises ScenarioError if there is none."""
    order = {one.name: place for place, one in enumerate(readings())}
    names = [path.parent.name for path in folder.glob(f"*/{RECORD}")]
    if not names:
        raise ScenarioError(
            shortened(str(folder)), "holds no calibration", "allowed is what 'alliance calibrate --out' has written"
        )
    return [_read(folder / name) for name in sorted(names, key=lambda name: (order.get(name, -1), len(name), name))]


def _read(folder: Path) -> Found:
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    tables = {name: pd.read_csv(folder / f"{name}.csv") for name in ("posterior", "figures", "check")}
    return Found(
        folder.name,
        next((one for one in readings() if one.name == folder.name), None),
        record,
        tuple(Target(**aim) for aim in record["targets"]),
        scenario=(folder / f"{folder.name}.toml").read_text(encoding="utf-8"),
        **tables,
    )
