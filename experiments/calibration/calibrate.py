"""What does a calibration leave behind?

    DIR/NAME/history, burn_in    every run, with its point, seed and command (`alliance query DIR/NAME/history "select ..."`)
    DIR/NAME/NAME.toml           the scenario at the best point
    DIR/NAME/posterior.csv       the posterior sample: a row a point, a column a free parameter
    DIR/NAME/figures.csv         what the model gives at each of these points: means over the seeds of the last wave
    DIR/NAME/check.csv           the best point with seeds that were not used in fitting
    DIR/NAME/calibration.json    targets, tolerances, effort, how many points the model confirmed

NAME is the scenario's own, or that of a reading.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from experiments.calibration.evaluate import Laboratory
from experiments.calibration.fit import Effort, Fit, fit
from experiments.calibration.readings import Reading
from experiments.calibration.space import Space, space_of
from experiments.calibration.targets import targets
from experiments.request import CHILDREN
from experiments.spreadsheet import csv_bytes
from experiments.store import check_folder, write_files
from experiments.sweep.carry_out import Listeners
from experiments.sweep.folder import values_text
from experiments.sweep.key import engine_of_this_process
from experiments.sweep.means import Means
from model.parameters import defaults
from model.scenario import Scenario

WITHOUT_COVID = {"illness.covid_relative_incidence": 1.0, "illness.covid_relative_seeking": 1.0}


@dataclass(frozen=True)
class Question:
    """What is to be calibrated: a scenario as it is, or one of its readings; with or without COVID; with which share of visits."""

    scenario: Scenario
    source: str
    reading: Reading | None = None
    share_in_zone: float | None = None

    @property
    def name(self) -> str:
        """The name of its folder and of the file that it writes."""
        name = self.scenario.name if self.reading is None else self.reading.name
        return name if self.share_in_zone is None else f"{name}_share_{self.share_in_zone:g}"


def without_covid(scenario: Scenario) -> Scenario:
    """The scenario in a world without COVID."""
    return replace(scenario.with_settings(WITHOUT_COVID), name=f"{scenario.name}_without_covid")


def calibrate(
    question: Question, folder: Path, effort: Effort, means: Means, listeners: Listeners, say: Callable[[str], None]
) -> Fit:
    """Calibrate, or go on with it, and write what came of it; raises ScenarioError."""
    where = folder / question.name
    check_folder(where)
    aims = targets(question.scenario.values[CHILDREN], question.share_in_zone)
    space = space_of("" if question.reading is None else question.reading.letter)
    laboratory = Laboratory(unfitted(question.scenario, space), question.source, where, means, listeners, aims)
    found = fit(laboratory, space, effort, say)
    write_files(where, files_of(question, effort, laboratory, found))
    return found


def unfitted(scenario: Scenario, space: Space) -> Scenario:
    """The scenario with every free parameter as declared: what an earlier calibration wrote into its file must not matter."""
    return replace(scenario, values=scenario.values | {name: defaults()[name] for name in space.names})


def files_of(question: Question, effort: Effort, laboratory: Laboratory, found: Fit) -> dict[str, bytes]:
    """The files of a calibration, by name."""
    record = {
        "engine": engine_of_this_process(), "source": question.source, "effort": asdict(effort), "n_runs": effort.n_runs,
        "targets": [asdict(aim) for aim in laboratory.aims], "n_drawn": found.n_drawn, "n_confirmed": found.n_confirmed,
        "best": found.best,
    }  # fmt: skip
    names = list(found.space.names)
    rows = [",".join(names), *(",".join(repr(point[name]) for name in names) for point in found.posterior)]
    return {
        f"{question.name}.toml": scenario_text(question, found).encode(),
        "posterior.csv": csv_bytes("\n".join(rows) + "\n"),
        "figures.csv": csv_bytes(found.posterior_figures.to_csv(float_format="%.8g", lineterminator="\n")),
        "check.csv": csv_bytes(found.check.to_csv(index=False, float_format="%.8g", lineterminator="\n")),
        "calibration.json": (json.dumps(record, indent=2) + "\n").encode(),
    }


def scenario_text(question: Question, found: Fit) -> str:
    """The scenario at the best point, as a file that says what differs from the declared world."""
    told = question.reading or question.scenario
    texts = {"title": told.title, "question": told.question, "because": told.because}
    texts["group"] = question.scenario.group if question.reading is None else "readings"
    values = question.scenario.values | found.best
    declared = defaults()
    says = {key: value for key, value in values.items() if value != declared[key]}
    translated = question.scenario.translated["zh"] if question.reading is None else question.reading.zh
    lines = ["# Written by `alliance calibrate`: see docs/calibration.md.", *_told(texts), "", *values_text(says)]
    return "\n".join([*lines, "", "[zh]", *_told(translated)] if translated else lines) + "\n"


def _told(texts: Mapping[str, str]) -> Sequence[str]:
    return [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items() if text]
