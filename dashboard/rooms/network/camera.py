"""How did the provider network look, quarter by quarter?

One world is stepped week by week and looked at; what is kept of a quarter is small, and the model is let go. Flows are
those of `model.network`: first visits of an illness from a neighbourhood to a place, and recorded referrals of a place to
the alliance hospital. The year's closing sets the counts back, so they are also read just before it. Watching changes
nothing: the results are those of an unwatched run, to the bit. The policy years open one week before a quarter ends: that
week is counted with the first quarter of the new year.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from agents.centre.record import CLINIC
from agents.units import FEN_PER_YUAN
from dashboard import worlds
from dashboard.rooms.network.film import Film, Ground, Table
from dashboard.rooms.network.happenings import KINDS, Look, happened, look
from model import calendar
from model.alliance import AllianceModel

DOCTOR_COLUMNS = (
    "is_accredited", "skill", "innate_skill", "trained_skill", "learned_skill", "invested_skill", "belief", "p_recorded",
    "n_sittings", "week_certified", "wait_hours", "yuan_lost_per_referral", "net_pay_felt", "is_satisfied_with_payment",
    "is_satisfied_with_platform",
)  # fmt: skip
SUMS = (
    "n_first_contacts", "n_first_contacts_primary", "n_recorded_referrals", "n_self_referred", "n_alliance_visits",
    "n_passed", "n_certificates_lost", "n_removed", "n_left_alliance",
)  # fmt: skip
LEVELS = ("n_accredited_doctors", "n_children", "n_members", "supervised_share", "hospital_effort")

FEWEST_WEEKS = 4
"""A quarter of which fewer weeks were watched is counted with the next one."""


class Camera:
    """Watches a model from now on; `roll` steps it to a week, `film` is what was seen."""

    def __init__(self, model: AllianceModel) -> None:
        self.model = model
        self.ground = ground_of(model)
        self.quarters: list[dict[str, Table]] = []
        self.last_weeks: list[int] = []
        self.lengths: list[int] = []
        self.events: list[tuple[int, int, int]] = []
        self._flows_before = model.world.flows.copy()
        self._seen_before = model.world.doctors.n_seen_quarter.copy()
        self._between: Look | None = None
        self._begin_quarter()
        self._listen(model.hospital, self._before_quarter_ends)
        self._listen(model.government, self._before_year_ends)

    def _listen(self, institution: object, listener: Callable[[], None]) -> None:
        acts = institution.step  # type: ignore[attr-defined]

        def step() -> None:
            listener()
            acts()

        institution.step = step  # type: ignore[attr-defined]

    def _begin_quarter(self) -> None:
        world = self.model.world
        self._flows = np.zeros_like(world.flows)
        self._visits = np.zeros_like(world.site_visits)
        self._recorded = np.zeros(len(world.doctors), np.int64)
        self._seen = np.zeros(len(world.doctors), np.int64)
        self._n_weeks = 0

    def _before_quarter_ends(self) -> None:
        self._between = look(self.model.world.doctors)
        self._count_seen()
        self._seen_before[:] = 0

    def _before_year_ends(self) -> None:
        self._count_flows()
        self._flows_before[:] = 0

    def _count_seen(self) -> None:
        seen = self.model.world.doctors.n_seen_quarter.copy()
        self._seen += np.maximum(seen - self._seen_before, 0)  # who takes a post anew starts at nought
        self._seen_before = seen

    def _count_flows(self) -> None:
        flows = self.model.world.flows.copy()
        self._flows += flows - self._flows_before
        self._flows_before = flows

    def roll(self, to_week: int, report: Callable[[float], None]) -> Film:
        """Step on to a week and return what was seen; `report` may raise NotWantedError."""
        from_week = self.model.week
        while self.model.week < to_week:
            self._step()
            report((self.model.week - from_week) / (to_week - from_week))
        self._end_quarter()
        return self.film()

    def _step(self) -> None:
        week, before = self.model.week, look(self.model.world.doctors)
        worlds.walk(self.model, week + 1)
        world = self.model.world
        self._visits += world.site_visits
        self._recorded += world.doctor_counts[:, 2]
        self._n_weeks += 1
        for row, kind in happened(before, look(world.doctors), self._between):
            self.events.append((week, row, KINDS.index(kind)))
        self._between = None
        if calendar.week(week).ends_quarter:
            self._end_quarter()

    def _end_quarter(self) -> None:
        if self._n_weeks < FEWEST_WEEKS:
            return
        self._count_flows()
        self._count_seen()
        self._keep()
        self._begin_quarter()

    def _keep(self) -> None:
        self.last_weeks.append(self.model.week - 1)
        self.lengths.append(self._n_weeks)
        doctors = self._doctors()
        tables = {
            "doctors": doctors, "sites": self._sites(doctors), "communities": self._communities(), "zone": self._zone(),
            "flows": {"flows": self._flows.astype(np.float32)},
        }  # fmt: skip
        self.quarters.append(tables)

    def _doctors(self) -> Table:
        """Every doctor; an accredited doctor's load is the doctor's own, that of the others the place's."""
        doctors, sites = self.model.world.doctors, self.model.world.sites
        kept = {name: doctors[name].astype(np.float32) for name in DOCTOR_COLUMNS}
        return kept | {
            "load": np.where(doctors.is_accredited == 1, doctors.utilisation, sites.utilisation[doctors.site]).astype(np.float32),
            "visits": self._seen.astype(np.float32),
            "recorded": self._recorded.astype(np.float32),
            "is_vacant": (doctors.week_vacant >= 0).astype(np.float32),
            "pay_yuan": (doctors.income_from_alliance_fen / FEN_PER_YUAN).astype(np.float32),
        }

    def _sites(self, doctors: Table) -> Table:
        """Every place; skill and load are means over its doctors in post, a hospital's load is its own."""
        world, n, of = self.model.world, len(self.model.world.sites), self.ground.site_of_doctor
        in_post = 1 - doctors["is_vacant"]
        n_in_post = np.bincount(of, in_post, n)

        def mean(column: str) -> np.ndarray:
            return np.bincount(of, doctors[column] * in_post, n) / np.where(n_in_post > 0, n_in_post, np.nan)

        n_accredited = np.bincount(of, doctors["is_accredited"], n)
        load = np.where(self.ground.kind <= CLINIC, mean("load"), world.sites.utilisation)
        found = {
            "visits": self._visits, "wait_hours": world.sites.wait_hours, "load": load, "skill": mean("skill"),
            "n_in_post": n_in_post, "n_accredited": n_accredited, "accredited": mean("is_accredited"),
            "recorded": np.bincount(of, doctors["recorded"], n), "first_visits": self._flows.sum(axis=0),
        }  # fmt: skip
        return {name: np.asarray(values, np.float32) for name, values in found.items()}

    def _communities(self) -> Table:
        """Every neighbourhood; trust is the mean over its households."""
        world = self.model.world
        of, n = world.households.community, len(world.communities)
        n_households = np.maximum(np.bincount(of, minlength=n), 1)
        found: Table = {
            name: np.bincount(of, world.households[name], n) / n_households
            for name in ("trust_primary", "trust_alliance", "trust_hospital")
        }
        found |= {"n_children": world.communities.n_children, "n_members": world.communities.n_member_children}
        found["first_visits"] = self._flows.sum(axis=1)
        found["straight"] = self._flows[:, self.ground.kind > CLINIC].sum(axis=1)
        return {name: np.asarray(values, np.float32) for name, values in found.items()}

    def _zone(self) -> Table:
        tallies = self.model.tallies[-self._n_weeks :]
        found = {name: sum(float(tally[name][0]) for tally in tallies) for name in SUMS}
        found |= {name: float(tallies[-1][name][0]) for name in LEVELS}
        doctors = self.model.world.doctors
        accredited = doctors.skill[doctors.is_accredited == 1]
        found["skill_accredited"] = float(accredited.mean()) if len(accredited) else np.nan
        return {name: np.float32(value) for name, value in found.items()}  # type: ignore[misc]

    def film(self) -> Film:
        """What was seen, quarter by quarter."""

        def stacked(table: str) -> Table:
            return {name: np.stack([quarter[table][name] for quarter in self.quarters]) for name in self.quarters[0][table]}

        return Film(
            self.ground, np.array(self.last_weeks), np.array(self.lengths), stacked("doctors"), stacked("sites"),
            stacked("communities"), stacked("zone"), stacked("flows")["flows"],
            np.array(self.events, int).reshape(-1, 3),
        )  # fmt: skip


def ground_of(model: AllianceModel) -> Ground:
    """Return what never changes in a world."""
    sites, communities, doctors = model.world.sites, model.world.communities, model.world.doctors
    columns = (sites.kind, sites.x_km, sites.y_km, sites.price_fen / FEN_PER_YUAN, sites.is_separate)
    return Ground(*(np.array(column) for column in (*columns, communities.x_km, communities.y_km, doctors.site)))
