"""How does one give this model to `mesa.batch_run`? The scenario's levers as keyword arguments, indicators collected at the end."""

import sys
from pathlib import Path

import mesa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model import calendar  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.indicators import INDICATORS  # noqa: E402
from model.scenario import load_scenario  # noqa: E402

RATE, SHARE = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share"


class BatchModel(AllianceModel):
    """The same world with the arguments that batch_run wants, and a DataCollector of every indicator of the policy years."""

    def __init__(self, pass_rate: float, reinvested_share: float, n_children: int, n_weeks: int, seed: int = 1) -> None:
        scenario = load_scenario(ROOT / "scenarios/huaxi.toml").with_settings({"population.n_children": n_children})
        super().__init__(scenario.with_settings({RATE: pass_rate, SHARE: reinvested_share}, calendar.POLICY_START), seed)
        self.n_weeks = n_weeks
        self.outcome: dict[str, float | str] = {}
        reporters = {name: (lambda model, name=name: model.outcome[name]) for name in (*INDICATORS, "result_hash")}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """A week; after the last one the indicators are collected."""
        super().step()
        if self.week == self.n_weeks:
            self.outcome = self.indicators("policy") | {"result_hash": self.result_hash()}
            self.datacollector.collect(self)
            self.running = False
