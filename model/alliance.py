"""What is one world, and what does it do in a week?

`AllianceModel` is the Mesa model: it owns the world's arrays and steps it. Institutions are Mesa agents with a `step` of
their own; children, households and doctors are views on a row, made when somebody looks. Two models share nothing.

What a user of Mesa may do with it, and what is refused, is told in docs/python.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import mesa
import numpy as np
import pandas as pd

from agents.records import copied
from model import calendar, dice, genesis, illness, indicators, ledger, parameters
from model.asked import FIRST_SEED, scenario_asked, seed_asked, together
from model.collected import collector
from model.district_world import ZoneOfDistrict
from model.examination import cut_for, sd_of_skill
from model.going_on import refuse_to_go_on
from model.institutions import Fund, Government, Hospital, Zone
from model.leftovers import leftovers
from model.membership import weigh_security
from model.opening import set_clock
from model.patched import refuse_patched_rules
from model.reorganise import reorganise
from model.scenario import Scenario
from model.tally import STOCKS_FROM, TALLY
from model.views import Views
from model.warm import compile_apart
from model.world import Stream, World, copy_world
from model.year import end_tariff

N_COUNTS = [field.name for field in TALLY].index(STOCKS_FROM)


@dataclass(frozen=True)
class Checkpoint:
    """A world at the end of a week, with the weeks behind it; never changed once taken."""

    scenario: Scenario
    seed: int
    week: int
    world: World
    tallies: tuple[np.recarray, ...]
    totals: tuple[ledger.WeekTotals, ...]
    exposure: illness.Exposure
    streams: dict[tuple[int, bytes], Stream]  # potential illnesses of later seasons, filled by the first run that needs them


class AllianceModel(mesa.Model):
    """One world: scenario and seed in, weeks out. `week` is the number of weeks done; `running` ends with the scenario's own last.

    `scenario` is one that was loaded, the path of a file, or nothing for the case. `settings`, or levers by their keys
    (`**{"hospital.accredit.pass_rate": 0.2}`), hold from the start or from `from_date`; `children` is the size of the zone
    [persons]. `seed` may be called `rng`; None draws one, kept as `world_seed`. Raises ScenarioError.
    """

    def __init__(
        self, scenario: Scenario | str | Path | None = None, seed: int | None = FIRST_SEED, *, rng: int | None = FIRST_SEED,
        settings: Mapping[str, float] | None = None, from_date: date | str | None = None, children: int | None = None,
        checkpoint: Checkpoint | None = None, **levers: float,
    ) -> None:  # fmt: skip
        scenario = scenario_asked(scenario, together(settings, levers), from_date, children)
        seed = seed_asked(seed, rng)
        super().__init__(rng=seed)
        refuse_patched_rules()
        compile_apart()
        self.world_scenario, self.world_seed, self.seed_key = scenario, seed, dice.seed_key(seed)
        self.last_week, self.is_week_under_way = calendar.end_of_policy(scenario.policy_years), False
        read = (lambda values: values) if scenario.district is None else scenario.district.as_the_engine_reads
        self.segments = [(week, parameters.record(read(values))) for week, values in scenario.segments()]
        if checkpoint is None:
            self.week, self.tallies, self.totals, self.streams, self.keeps_streams = 0, [], [], {}, False
            with np.errstate(over="ignore"):
                self.world = genesis.begin(self._params_at(0), scenario.values, self.seed_key, scenario.district)
                self._adopt(0)
                reorganise(self.world)
        else:
            self.week, self.tallies, self.totals = checkpoint.week, list(checkpoint.tallies), list(checkpoint.totals)
            self.streams, self.keeps_streams, self.world = checkpoint.streams, True, copy_world(checkpoint.world)
            self._adopt(max(self.week - 1, 0))  # what changes in the coming week is put in force, and settled, by its step
        self.exposure = checkpoint.exposure if checkpoint else illness.exposure_of(self.world.children)
        self.views = Views(self)
        self.zone, self.fund = Zone(self) if scenario.district is None else ZoneOfDistrict(self), Fund(self)
        self.hospital, self.government = Hospital(self), Government(self)
        self.running = self.week < self.last_week
        self._own_collector = self._collected = None
        leftovers.watch(self, len(self.world.children))

    # -- time ---------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One week: families and providers; then, where it ends, the month, the quarter, the year."""
        now = calendar.week(self.week)
        with self._week_under_way():
            tariff_before = self._set_clock(now)
            self._clear_counts()
            if tariff_before is not None:
                end_tariff(self.world, tariff_before)
            self.zone.step()
            if now.ends_month:
                self.fund.step()
            if now.ends_quarter:
                self.hospital.step()
            if now.ends_year:
                self.government.step()
        self._keep_week()

    def run_until(self, week: int) -> AllianceModel:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Step until `week` weeks are done, those before a checkpoint included; returns the model (Mesa's returns nothing).

        Raises ScenarioError beyond the last week that any world has.
        """
        refuse_to_go_on(self, week)
        while self.week < week:
            self.step()
        return self

    def _advance_time(self, until: float) -> None:
        """Mesa's clock, which `step` and `run_for` move: asked first, since a step that fails would end Mesa's schedule."""
        refuse_to_go_on(self, self.week + math.floor(until) - math.floor(self.time))
        super()._advance_time(until)

    @contextmanager
    def _week_under_way(self) -> Iterator[None]:
        """Institutions have their turn; a week that breaks off leaves a world that is not gone on with."""
        refuse_to_go_on(self, self.week + 1)
        if calendar.week(self.week).ends_year:
            refuse_patched_rules()
        self.is_week_under_way = True
        with np.errstate(over="ignore"):
            yield
        self.is_week_under_way = False

    # -- looking ------------------------------------------------------------------------------------------------

    @property
    def p(self) -> np.record:
        """The parameters in force."""
        return self.world.params[0]

    def weekly(self) -> pd.DataFrame:
        """One row a week that is done; columns are the indicators (see model/indicators.py)."""
        refuse_patched_rules()
        return indicators.weekly_frame(self.tallies, self.totals)

    def indicators(self, period: str = "history") -> dict[str, float]:
        """Every indicator over a period ('burn_in', 'history', 'policy' or 'case')."""
        return indicators.summary(self.weekly(), period)

    @property
    def datacollector(self) -> mesa.DataCollector:
        """A collector that has collected every week that is done, unless somebody gave the model another."""
        if self._own_collector is not None:
            return self._own_collector
        if self._collected is None or len(self._collected._collection_steps) != self.week:
            self._collected = collector(self)
        return self._collected

    @datacollector.setter
    def datacollector(self, own: mesa.DataCollector) -> None:
        self._own_collector = own

    def result_hash(self) -> str:
        """Hash of every weekly count and every week's ledger totals [hex]."""
        return indicators.result_hash(self.tallies, self.totals)

    def checkpoint(self) -> Checkpoint:
        """The world as it is now, to continue from under another scenario."""
        refuse_to_go_on(self, self.week)
        return Checkpoint(
            self.world_scenario, self.world_seed, self.week, copy_world(self.world), tuple(self.tallies), tuple(self.totals),
            self.exposure, {},
        )  # fmt: skip

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint, scenario: Scenario | None = None) -> AllianceModel:
        """Continue a checkpoint under a scenario that differs from its own only afterwards, else ValueError."""
        scenario = scenario or checkpoint.scenario
        if scenario.segments_until(checkpoint.week) != checkpoint.scenario.segments_until(checkpoint.week):
            raise ValueError("the scenario differs from that of the checkpoint before the checkpoint's week")
        return cls(scenario, checkpoint.seed, checkpoint=checkpoint)

    # -- what a week needs --------------------------------------------------------------------------------------

    def _params_at(self, week: int) -> np.recarray:
        return [record for start, record in self.segments if start <= week][-1]

    def _adopt(self, week: int) -> None:
        """Put the parameters of this week in force, with what is solved from them."""
        self.world = self.world._replace(params=self._params_at(week).copy())
        self.in_force = self.world.params.tobytes()
        self.world.hospital[0].cut = cut_for(self.world.params)
        weigh_security(self.world.households, self.world.security, self.p)
        self.sd_skill = sd_of_skill(self.world.params)
        k = self.p.illness
        self.k_illness = {name: k[name].item() for name in k.dtype.names}
        self.stream_key = k.tobytes()
        self.runs_alliance, self.runs_plan = bool(self.p.hospital.accredit.is_running), bool(self.p.fund.plan.is_running)
        self.is_alliance = int(self.world.clock[0].is_alliance)

    def _set_clock(self, now: calendar.Week) -> np.recarray | None:
        """Set the clock and put dated changes in force; returns the parameters before, if pay of doctors changed."""
        tariff_before = None
        if any(start == self.week for start, _ in self.segments[1:]):
            before = self.world.params
            self._adopt(self.week)
            tariff_before = before if before[0].fund.pay.tobytes() != self.p.fund.pay.tobytes() else None
            reorganise(self.world)
        is_case = self.week >= calendar.FIRST_HISTORY_WEEK
        factor, ceiling = illness.incidence(self.k_illness, self.week)
        seeking = self.k_illness["covid_relative_seeking"] if now.is_covid else 1.0
        was_alliance, is_alliance = self.is_alliance, int(is_case and self.runs_alliance)
        set_clock(
            self.world.clock, self.week, now.year, now.month, is_alliance, int(is_case and self.runs_plan), factor, ceiling,
            seeking, self.world.tally, self.world.fund,
        )  # fmt: skip
        self.is_alliance = is_alliance
        if was_alliance != is_alliance:
            reorganise(self.world)
        return tariff_before

    def stream(self) -> Stream:
        """The potential illnesses of the current season, drawn once and kept for other runs from the same checkpoint."""
        season = self.week // illness.WEEKS_PER_SEASON
        key = (season, self.stream_key)
        if key not in self.streams:
            if not self.keeps_streams:
                self.streams.clear()
            self.streams[key] = illness.draw_season(self.p, self.seed_key, self.exposure, season)
        return self.streams[key]

    def _clear_counts(self) -> None:
        """Counts of the week start at zero; stocks keep last week's value until they are written anew."""
        world = self.world
        world.tally.view(np.int64)[:N_COUNTS] = 0
        for array in (world.doctor_counts, world.site_visits, world.books.totals, world.books.n_posted):
            array[...] = 0

    def _keep_week(self) -> None:
        self.tallies.append(copied(self.world.tally))
        self.totals.append(ledger.keep(self.world.books))
        self.week += 1
        if self.week >= self.last_week:
            self.running = False
