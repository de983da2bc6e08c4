"""Is the film of the provider network that of the engine, and does watching change nothing?"""

from collections.abc import Iterator

import numpy as np
import pytest

from dashboard import worlds
from dashboard.rooms.network.camera import Camera
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.films import film_of
from dashboard.rooms.network.happenings import KINDS, Look, happened
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK
from model.network import provider_network
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

SETTINGS = (("hospital.accredit.pass_rate", 0.6),)


@pytest.fixture(scope="module")
def base() -> Iterator[worlds.Base]:
    with small_worlds(6000):
        yield worlds.base()


@pytest.fixture(scope="module")
def film(base: worlds.Base) -> Film:
    return film_of(base, 1, SETTINGS, lambda done: None)


@pytest.fixture(scope="module")
def tallies(base: worlds.Base) -> list[np.recarray]:
    """The weeks of an unwatched run of the same world."""
    shared = worlds.world(base, 1, lambda stage, done: None)
    return worlds.policy_model(shared, SETTINGS).run_until(base.last_week).tallies


def summed(tallies: list[np.recarray], name: str, film: Film) -> list[float]:
    ends = film.last_week + 1
    return [sum(float(tally[name][0]) for tally in tallies[end - n : end]) for end, n in zip(ends, film.n_weeks, strict=True)]


def test_watching_changes_nothing(base: worlds.Base) -> None:
    shared = worlds.world(base, 1, lambda stage, done: None)
    watched, alone = worlds.policy_model(shared, SETTINGS), worlds.policy_model(shared, SETTINGS)
    Camera(watched).roll(FIRST_POLICY_WEEK + 60, lambda done: None)
    assert watched.result_hash() == alone.run_until(FIRST_POLICY_WEEK + 60).result_hash()


def test_quarters_cover_every_week_once(base: worlds.Base, film: Film) -> None:
    assert film.n_weeks.sum() == film.last_week[-1] + 1 - FIRST_HISTORY_WEEK
    assert list(np.cumsum(film.n_weeks) + FIRST_HISTORY_WEEK - 1) == list(film.last_week)
    assert FIRST_POLICY_WEEK - 1 in film.last_week
    assert base.last_week - film.last_week[-1] <= 2


def test_counts_of_quarters_are_those_of_the_weeks(film: Film, tallies: list[np.recarray]) -> None:
    assert list(film.sites["recorded"].sum(axis=1)) == summed(tallies, "n_recorded_referrals", film)
    primary = film.flows[:, :, film.ground.kind <= 1].sum(axis=(1, 2))
    assert list(primary) == summed(tallies, "n_first_contacts_primary", film)
    assert list(film.zone["n_accredited_doctors"]) == list(film.doctors["is_accredited"].sum(axis=1))


def test_events_are_those_that_the_engine_counts(film: Film, tallies: list[np.recarray]) -> None:
    found = {kind: int((film.events[:, 2] == KINDS.index(kind)).sum()) for kind in KINDS}
    counted = {
        name: sum(float(tally[name][0]) for tally in tallies[FIRST_HISTORY_WEEK:])
        for name in ("n_passed", "n_sittings", "n_certificates_lost", "n_removed", "n_left_alliance", "n_quits")
    }
    assert found["passed"] + found["renewed"] == counted["n_passed"] > 0
    assert sum(found[kind] for kind in ("passed", "renewed", "not_passed", "not_renewed")) == counted["n_sittings"]
    assert found["not_renewed"] + found["ran_out"] == counted["n_certificates_lost"]
    assert found["removed"] == counted["n_removed"]
    assert found["gave_back"] == counted["n_left_alliance"] > 0
    assert found["left_zone"] == counted["n_quits"]


def test_flows_and_referrals_are_those_of_the_provider_network(base: worlds.Base, film: Film) -> None:
    """Half a year into 2019 the network holds the first two quarters of the year."""
    quarters = [6, 5]
    model = AllianceModel(base.scenario, seed=1).run_until(int(film.last_week[6]) + 1)
    graph = provider_network(model)
    flows, recorded = film.flows[quarters].sum(axis=0), film.sites["recorded"][quarters].sum(axis=0)
    for start, end, edge in graph.edges(data=True):
        row = int(start.split("-")[-1]) if "-" in start else -1
        if edge["kind"] == "access":
            assert edge["n_first_contacts"] == flows[row, int(end.split("-")[1])]
        if edge["kind"] == "referral":
            assert edge["n_referrals"] == recorded[row]
    assert sum(edge["n_first_contacts"] for *_, edge in graph.edges(data=True) if edge["kind"] == "access") == flows.sum()


def test_the_past_is_the_same_under_every_policy(base: worlds.Base, film: Film) -> None:
    baseline = film_of(base, 1, (), lambda done: None)
    n_past = int((film.last_week < FIRST_POLICY_WEEK).sum())
    assert np.array_equal(baseline.flows[:n_past], film.flows[:n_past])
    assert not np.array_equal(baseline.doctors["is_accredited"], film.doctors["is_accredited"])


def seen(**changed: list[int]) -> Look:
    """Three doctors: an accredited one, one without a certificate, an accredited one."""
    usual = {
        "is_accredited": [1, 0, 1], "n_sittings": [1, 0, 1], "banned_until": [0, 0, 0], "week_vacant": [-1, -1, -1],
        "n_hires": [0, 0, 0], "advice_on_referral": [0, 0, 0], "advice_on_drugs": [0, 0, 0],
    }  # fmt: skip
    return Look(**{name: np.array(values) for name, values in (usual | changed).items()})


def test_who_gave_the_certificate_back_is_told_from_whom_the_committee_removed() -> None:
    between = seen(is_accredited=[0, 0, 1], banned_until=[300, 0, 0])
    after = seen(is_accredited=[0, 0, 0], banned_until=[300, 0, 300])
    assert happened(seen(), after, between) == [(0, "gave_back"), (2, "removed")]


def test_a_newcomer_who_passes_in_the_week_of_the_hire_has_sat() -> None:
    before = seen(is_accredited=[1, 0, 1], n_sittings=[1, 3, 1])
    after = seen(is_accredited=[1, 1, 1], n_sittings=[1, 1, 2], n_hires=[0, 1, 0])
    assert happened(before, after) == [(1, "hired"), (1, "passed"), (2, "renewed")]


def test_who_leaves_the_zone_has_not_lost_the_certificate_otherwise() -> None:
    assert happened(seen(), seen(is_accredited=[0, 0, 1], week_vacant=[250, -1, -1])) == [(0, "left_zone")]
