"""To which provider do families go, on the average of some maps, when providers fill up during the day?

Certificates are held by the first doctors of a fixed order of each map (`mean_field_map.py`); how many they are differs
between the maps as a Poisson number of the expected mean does.

A family takes the alternative with the greatest utility + Gumbel among those with room. With room independent between
alternatives (q_j) and weights w_j = exp(V_j), the share that would take j if it were open is exactly

    I_j = integral over t of  w_j exp(-w_j t) x product over k other than j of (1 - q_k + q_k exp(-w_k t))

A usual provider has its weight raised; the mixture over who is the usual one is exact in the same integral. A day has
a phase of those who come back (they are seen before the day's new illnesses) and phases of new illnesses. A provider is
open in a phase if the Poisson number of those it was offered is below the room that is left then.

Closures: full providers are independent of each other given the phase; every neighbourhood has the same number of
children; holders of a certificate never move; family-doctor contracts are left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from experiments.validation.mean_field_map import N_OTHER_HOSPITALS, Map, Values, Zone, draw_map, zone_of
from experiments.validation.mean_field_quadrature import Array, poisson_cdf

N_PLACES = 200  # neighbourhoods in all maps together
N_ALTERNATIVES, FIRST_HOSPITAL = 8, 5
N_ROUNDS_AFTER_CHANGE = 3
PHASES = (0.0, 0.45, 0.7, 0.85, 0.95, 1.0)  # of a day's new illnesses: providers fill up together toward its end
RETURN_HOURS = (1.0 / 6.0, 0.5, 5.0 / 6.0)  # those who come back come at any hour, before all others
ONLY_HOSPITAL = -40.0  # added to primary care for those who go to a hospital only


def poisson_quantiles(mean: float, n: int, most: int) -> Array:
    """n numbers that together stand for a Poisson law, shape (n,)."""
    at = (np.arange(n) + 0.5) / n
    reached = poisson_cdf(np.arange(most + 1), np.full(most + 1, max(mean, 1e-9)))
    return np.minimum(np.searchsorted(reached, at), most)


@dataclass
class Day:
    """What one day's choices came to: mean shares by node of the offset and alternative; the last node is hospital only."""

    returning: Array
    arriving: Array
    load_of_accredited: float
    load_of_others: float


@dataclass
class Providers:
    """All maps together, their providers, and what families expect of them. Providers of a map: doctors, then sites."""

    v: Values
    zone: Zone
    maps: list[Map]
    n_certified: Array
    most: int
    alternative: Array = field(init=False)
    minutes: Array = field(init=False)
    utilisation: Array = field(init=False)
    room: Array = field(init=False)
    habit: Array = field(init=False)
    habit_doctor: Array = field(init=False)
    offered: Array = field(init=False)

    def __post_init__(self) -> None:
        n, (c, s) = len(self.maps), self.maps[0].minutes.shape
        self.n_each = self.most + s
        self.alternative = np.full((n, c, N_ALTERNATIVES), -1)
        self.minutes = np.zeros((n, c, N_ALTERNATIVES))
        self.utilisation = np.zeros((n, self.n_each))
        self.room = np.zeros((n, self.n_each))
        self.habit = np.zeros((n, c, N_ALTERNATIVES))
        self.habit_doctor = np.zeros((n, c, self.most + 1))
        self.offered = np.zeros((len(PHASES), n, self.n_each))
        self.is_changed = True
        self.kind = np.array([0] * self.zone.n_centres + [1] * self.zone.n_clinics + [2, *[3] * N_OTHER_HOSPITALS, 4])
        self.certified_at = np.zeros((n, len(self.kind)))
        self._doctor_at = np.stack([one.site_of_doctor for one in self.maps])
        for m in range(n):
            self._arrange(m)

    @classmethod
    def of(cls, v: Values) -> Providers:
        """Maps enough for N_PLACES neighbourhoods, drawn by the twin's own generator."""
        zone = zone_of(v)
        rng = np.random.default_rng(20171127)
        n = max(4, round(N_PLACES / zone.n_communities))
        return cls(v, zone, [draw_map(v, zone, rng) for _ in range(n)], np.zeros(n, int), zone.n_doctors)

    @property
    def share_of_idle_clinics(self) -> float:
        """Share of clinics that are the nearest one of no neighbourhood [1]."""
        return 1.0 - float(np.mean([len(np.unique(one[:, 4])) for one in self.alternative])) / self.zone.n_clinics

    def certify(self, mean: float, share_kept: float) -> None:
        """So many hold a certificate now; habits of those who lost one are forgotten."""
        self.habit_doctor *= share_kept
        wanted = poisson_quantiles(mean, len(self.maps), self.most)
        for m in np.flatnonzero(wanted != self.n_certified):
            low, high = sorted((self.n_certified[m], wanted[m]))
            self.utilisation[m, low:high] = 0.0
            self.n_certified[m] = wanted[m]
            self._arrange(int(m))
            self.is_changed = True

    def _arrange(self, m: int) -> None:
        one, n, c = self.maps[m], self.n_certified[m], np.arange(self.zone.n_communities)
        certified_at = np.bincount(one.site_of_doctor[:n], minlength=len(self.kind))
        away = one.minutes.copy()
        away[:, (self.kind == 1) & (certified_at > 0)] = np.inf
        to_doctors = one.minutes[:, one.site_of_doctor[:n]]
        nearest = np.argsort(to_doctors, axis=1, kind="stable")[:, :2]
        for j in range(2):
            self.alternative[m, :, j] = nearest[:, j] if j < n else -1
            self.minutes[m, :, j] = to_doctors[c, nearest[:, j]] if j < n else 0.0
        slot = 2
        for kind, count in enumerate((2, 1, 1, 1, 1)):
            rows = np.flatnonzero(self.kind == kind)
            found = rows[np.argsort(away[:, rows], axis=1, kind="stable")[:, :count]]
            for j in range(count):
                self.alternative[m, :, slot] = self.most + found[:, j]
                self.minutes[m, :, slot] = away[c, found[:, j]]
                slot += 1
        self.certified_at[m] = certified_at

    def set_room(self, share_vacant: float, accredited: float, hospital: Array) -> None:
        """Children a day that each provider can see [visits/day]; `hospital` by kind 2, 3, 4."""
        k = "centre.wait."
        others = self.v[k + "visits_per_doctor_day"] * self.v[k + "share_for_children_others"]
        staff = np.where(self.kind == 0, self.v["population.doctors_per_centre"], 1.0) * (1.0 - share_vacant)
        ordinary = np.maximum(0.0, staff - self.certified_at) * others
        self.room[:, : self.most] = accredited
        self.room[:, self.most :] = np.where(self.kind < 2, ordinary, hospital[np.maximum(self.kind, 2) - 2])

    def wait_hours(self) -> Array:
        """Waiting that families expect at each provider [h]."""
        k = "centre.wait."
        reference = self.v[k + "reference_utilisation"] / (1.0 - self.v[k + "reference_utilisation"])
        u = np.minimum(self.utilisation, 0.999999)
        at = np.full(self.n_each, self.v[k + "hours_at_centre"])
        at[self.most :][self.kind >= 2] = self.v[k + "hours_at_hospital"]
        return np.minimum(self.v[k + "greatest_hours"], at * u / (1.0 - u) / reference)

    def _gather(self, of_provider: Array) -> Array:
        flat = self.alternative + np.arange(len(self.maps))[:, None, None] * self.n_each
        return np.where(self.alternative < 0, 0.0, of_provider.reshape(-1)[np.maximum(flat, 0)])

    def _open(self, before: Array, offered: Array, background: Array, hours: tuple[float, ...]) -> Array:
        """Share of a phase's offers that find room: the Poisson count met `before` offers and meets `offered` more."""
        active = np.r_[: int(self.n_certified.max()), self.most : self.n_each]
        room, before, more, back = (
            self.room[:, active],
            before[:, active],
            np.maximum(offered[:, active], 1e-6),
            background[:, active],
        )
        whole = np.floor(room)
        q, found = np.zeros(self.room.shape), np.zeros(room.shape)
        for hour in hours:
            for added, weight in ((0.0, 1.0 - (room - whole)), (1.0, room - whole)):
                left = np.maximum(0.0, np.floor(whole + added - back * hour))
                found += weight * (_taken(before + more, left) - _taken(before, left)) / more / len(hours)
        q[:, active] = np.clip(found, 0.0, 1.0)
        return q

    def utilities(self, of_kind: Mapping[str, float]) -> Array:
        """Systematic utility of each alternative at offset 0; `of_kind` holds what each slot is worth by itself."""
        k = "resident.choose_provider."
        v = self.v[k + "utils_per_minute"] * self.minutes + self.v[k + "utils_per_wait_hour"] * self._gather(self.wait_hours())
        for j in (0, 1):
            m = np.arange(len(self.maps))[:, None]
            kind = self.kind[self._doctor_at[m, np.maximum(self.alternative[:, :, j], 0)]]
            v[:, :, j] += np.where(kind == 0, of_kind["accredited_centre"], of_kind["accredited_clinic"])
        for j, name in zip(range(2, N_ALTERNATIVES), ("centre", "centre", "clinic", "maternal", "other", "alliance"), strict=True):
            v[:, :, j] += of_kind[name]
        return v

    def live_a_day(
        self, utilities: Array, offsets: Array, returning: Array, arriving: Array, background: Array, appointments: float
    ) -> Day:
        """Choices of one day. `returning` and `arriving`: children a day by node of the offset (the last: hospital only).

        How much each provider is offered depends on how full the others are: last week's offers are the first guess, and
        a week in which certificates changed is repeated until they settle.
        """
        back = np.zeros(self.room.shape)
        back[:, self.most :] = self.room[:, self.most :] * background[self.kind]
        for _ in range(N_ROUNDS_AFTER_CHANGE - 1 if self.is_changed else 0):
            self._pass_a_day(utilities, offsets, returning, arriving, back, appointments)
        shares, seen = self._pass_a_day(utilities, offsets, returning, arriving, back, appointments)
        self.is_changed = False
        used = np.divide(seen + back, self.room, out=np.zeros(seen.shape), where=self.room > 0)
        self.utilisation += self.v["centre.wait.smoothing"] * (np.minimum(1.0, used) - self.utilisation)
        self.last = np.einsum("p,pmczj->mczj", np.diff(PHASES), np.stack(shares[1:])), shares[0]
        held = np.arange(self.most) < self.n_certified[:, None]
        load = float(self.utilisation[:, : self.most][held].mean()) if held.any() else 0.0
        others = float(self.utilisation[:, self.most :][:, self.kind < 2].mean())
        return Day(shares[0].mean(axis=(0, 1)), self.last[0].mean(axis=(0, 1)), load, others)

    def _pass_a_day(
        self, utilities: Array, offsets: Array, returning: Array, arriving: Array, back: Array, appointments: float
    ) -> tuple[list[Array], Array]:
        """Shares by phase, and children seen by provider."""
        exists, habits = self.alternative >= 0, self._habits()
        rows = np.maximum(self.alternative + np.arange(len(self.maps))[:, None, None] * self.n_each, 0).ravel()

        def gathered(of_place: Array) -> Array:
            return np.bincount(rows, (of_place * exists).ravel(), self.room.size).reshape(self.room.shape)

        seen = np.zeros(self.room.shape)
        seen[:, -1] += appointments
        met, shares = seen.copy(), []
        for phase in range(len(PHASES)):
            begin, end = PHASES[phase - 1 : phase + 1] if phase > 0 else (0.0, 1.0)
            each = (returning if phase == 0 else arriving * (end - begin)) / self.zone.n_communities
            hours = RETURN_HOURS if phase == 0 else ((begin + end) / 2.0,)
            q = self._open(met, self.offered[phase], back, hours)
            taken, offer = _shares(utilities, offsets, np.where(exists, self._gather(q), 0.0), habits, self.v)
            offered = gathered(np.einsum("mczj,z->mcj", offer, each))
            self.offered[phase] = offered if self.is_changed else (offered + self.offered[phase]) / 2.0
            accepted = gathered(np.einsum("mczj,z->mcj", taken, each))
            seen += accepted
            met += accepted if phase == 0 else self.offered[phase]
            shares.append(taken)
        return shares, seen

    def _habits(self) -> Array:
        """Share of families whose usual provider is each alternative."""
        h = self.habit.copy()
        at = np.where(self.alternative[..., :2] < 0, self.most, self.alternative[..., :2])
        h[..., :2] = np.take_along_axis(self.habit_doctor, at, axis=2)
        h[..., :2][at == self.most] = 0.0
        return h

    def learn_habits(self, weight_arriving: Array, weight_returning: Array, helped: Array, turnover: float) -> None:
        """The provider that helped becomes the usual one: `turnover` is helping visits a week in a visitor's household."""
        flow = np.einsum("mczj,z->mcj", self.last[0], weight_arriving) + np.einsum("mczj,z->mcj", self.last[1], weight_returning)
        flow *= helped
        share = flow / np.maximum(flow.sum(axis=2, keepdims=True), 1e-12)
        moved = 1.0 - math.exp(-turnover)
        self.habit *= 1.0 - moved
        self.habit_doctor *= 1.0 - moved
        self.habit[..., 2:] += moved * share[..., 2:]
        m, c = np.arange(len(self.maps))[:, None], np.arange(self.zone.n_communities)[None]
        for j in (0, 1):
            at = np.where(self.alternative[..., j] < 0, self.most, self.alternative[..., j])
            self.habit_doctor[m, c, at] += moved * share[..., j]


def _taken(offered: Array, room: Array) -> Array:
    """E[min(N, room)] of a Poisson number N of offers."""
    return offered * poisson_cdf(room - 2.0, offered) + room * (1.0 - poisson_cdf(room - 1.0, offered))


_T, _T_WEIGHT = np.polynomial.laguerre.laggauss(6)


def _shares(utilities: Array, offsets: Array, q: Array, habit: Array, v: Values) -> tuple[Array, Array]:
    """Shares that take, and that would take, each alternative, shape (maps, neighbourhoods, nodes, alternatives)."""
    primary = np.arange(N_ALTERNATIVES) < FIRST_HOSPITAL
    w = np.exp(utilities[:, :, None, :] + np.where(primary, offsets[:, None], 0.0))
    q, h = q[:, :, None, :], habit[:, :, None, :]
    raised = math.exp(v["resident.choose_provider.utils_usual_provider"]) * w
    total = (q * (w + h * (raised - w))).sum(axis=3, keepdims=True) + 1e-12
    w, raised = w / total, raised / total
    offer = np.zeros(w.shape)
    none = 1.0 - h.sum(axis=3, keepdims=True)
    for t, weight in zip(_T, _T_WEIGHT * np.exp(_T), strict=True):
        e, er = np.exp(-np.minimum(w * t, 500.0)), np.exp(-np.minimum(raised * t, 500.0))
        f, fr = np.maximum(1.0 - q + q * e, 1e-200), 1.0 - q + q * er
        g = f.prod(axis=3, keepdims=True)
        r = h * fr / f
        offer += weight * g / f * (h * raised * er + (none + r.sum(axis=3, keepdims=True) - r) * w * e)
    return q * offer, offer
