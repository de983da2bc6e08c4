"""Who lives in the zone, and who works there?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import population
from model.dice import seed_key
from model.parameters import defaults, record
from model.places import place_communities, place_sites, size_zone
from model.population import doctors_of, households_of, register

N = 2_000
N_COMMUNITIES = 5


NUMBERS = {
    "population.share_0_4": 0.36, "population.share_5_9": 0.34, "population.p_sibling": 0.25, "illness.frailty_cv": 0.5,
    "population.mean_income_yuan": 120_000.0, "population.income_spread": 0.6,
    "resident.choose_provider.mean_trust": 0.684, "resident.trust.initial_spread": 0.117,
}  # fmt: skip


def params(n: int = N, **changed: float) -> np.record:
    return record(defaults() | NUMBERS | {"population.n_children": n} | {f"population.{k}": v for k, v in changed.items()})[0]


@pytest.fixture(scope="module")
def children() -> np.recarray:
    return register(params(), seed_key(1))


@pytest.fixture(scope="module")
def households(children) -> np.recarray:
    return households_of(params(), seed_key(1), children, N_COMMUNITIES)


@pytest.fixture
def shorter_world(monkeypatch) -> np.recarray:
    """The register of a world that ends a year after it began."""
    monkeypatch.setattr(population, "LAST_WEEK", 52)
    return register(params(), seed_key(1))


@pytest.mark.unit
def test_a_child_is_the_same_for_every_horizon(children, shorter_world):
    n = len(shorter_world)
    assert N < n < len(children)
    for name in shorter_world.dtype.names:
        np.testing.assert_array_equal(shorter_world[name], children[name][:n], err_msg=name)


@pytest.mark.unit
@pytest.mark.parametrize("name", ["community", "income_yuan", "trust_primary", "trust_alliance", "trust_hospital"])
def test_a_household_is_the_same_for_every_horizon(households, shorter_world, name):
    shorter = households_of(params(), seed_key(1), shorter_world, N_COMMUNITIES)
    np.testing.assert_array_equal(shorter[name], households[name])


@pytest.mark.unit
def test_a_household_knows_nothing_of_the_frailty_of_children_not_yet_born(households, children):
    living = children[:N]
    frailty = np.bincount(living.household, living.frailty) / np.bincount(living.household)
    np.testing.assert_allclose(households.risk, frailty)


@pytest.mark.unit
def test_the_first_children_of_a_larger_zone_are_those_of_a_smaller_one(children):
    larger = register(params(3 * N), seed_key(1))
    for name in ("last_week", "household"):
        np.testing.assert_array_equal(larger[name][:N], children[name][:N])


@pytest.mark.unit
def test_another_seed_has_other_children(children):
    assert (register(params(), seed_key(2)).last_week[:N] != children.last_week[:N]).mean() > 0.9


@pytest.mark.unit
def test_ages_have_the_declared_shares(children):
    age = WEEKS_OF_CHILDHOOD - children.last_week[:N]
    assert age.min() >= 0
    assert age.max() < WEEKS_OF_CHILDHOOD
    four_sd = 4 * np.sqrt(0.36 * 0.64 / N)  # 0.043
    assert abs((age < WEEKS_UNTIL_5).mean() - 0.36) < four_sd
    assert abs(((age >= WEEKS_UNTIL_5) & (age < WEEKS_UNTIL_10)).mean() - 0.34) < four_sd
    assert abs(age[age < WEEKS_UNTIL_5].mean() - WEEKS_UNTIL_5 / 2) < 12.0  # even within the group: four of 2.8 weeks


@pytest.mark.unit
def test_leavers_are_replaced_so_that_the_register_keeps_its_size(children):
    for week in range(population.LAST_WEEK):
        assert ((children.first_week <= week) & (week < children.last_week)).sum() == N


@pytest.mark.unit
def test_newcomers_stand_in_order_of_entry_and_stay_for_a_whole_childhood(children):
    newcomers = children[N:]
    assert (children.first_week[:N] == 0).all()
    assert (np.diff(newcomers.first_week) >= 0).all()
    assert (newcomers.last_week - newcomers.first_week == WEEKS_OF_CHILDHOOD).all()


@pytest.mark.unit
def test_every_household_of_the_zone_has_a_child_and_newcomers_are_born_into_them(children, households):
    of_first = children.household[:N]
    assert of_first[0] == 0
    assert set(np.diff(of_first)) == {0, 1}
    assert set(children.household[N:]) <= set(of_first)
    assert len(households) == of_first[-1] + 1


@pytest.mark.unit
def test_a_quarter_of_the_children_follow_a_sibling(children):
    siblings = (np.diff(children.household[:N]) == 0).mean()
    assert abs(siblings - 0.25) < 4 * np.sqrt(0.25 * 0.75 / N)


@pytest.mark.unit
def test_nobody_has_a_sibling_where_nobody_shall():
    assert len(set(register(params(p_sibling=0.0), seed_key(1)).household[:N])) == N


@pytest.mark.unit
def test_frailty_has_mean_one_and_the_declared_spread(children):
    sd = 0.5 / np.sqrt(len(children))
    assert (children.frailty > 0.0).all()
    assert abs(children.frailty.mean() - 1.0) < 4 * sd
    assert children.frailty.std() == pytest.approx(0.5, abs=0.03)


@pytest.mark.unit
def test_incomes_have_the_declared_mean_and_trust_lies_within_its_bounds(households):
    n = len(households)
    relative_sd = np.sqrt(np.exp(0.6**2) - 1.0)  # of a lognormal distribution, 0.658
    assert abs(households.income_yuan.mean() / 120_000.0 - 1.0) < 4 * relative_sd / np.sqrt(n)
    for name in ("trust_primary", "trust_alliance", "trust_hospital"):
        assert households[name].min() >= 0.05
        assert households[name].max() <= 0.95
        assert abs(households[name].mean() - 0.684) < 4 * 0.117 / np.sqrt(n) + 0.002  # clipping moves it by little


@pytest.mark.unit
def test_nobody_is_a_member_or_has_a_usual_provider_before_the_world_begins(households):
    assert not households.is_member.any()
    assert (households.usual_provider == -1).all()
    assert (households.signed_with == -1).all()
    assert set(households.community) <= set(range(N_COMMUNITIES))


@pytest.mark.unit
def test_every_doctor_works_where_the_place_says_so():
    values = defaults() | {"population.n_children": 20_000}
    p, zone = record(values)[0], size_zone(values)
    sites = place_sites(p, seed_key(1), zone, place_communities(p, seed_key(1), zone))
    doctors = doctors_of(p, seed_key(1), sites, zone)
    assert len(doctors) == zone.n_doctors == sites.n_doctors.sum()
    for row, site in enumerate(sites):
        assert (doctors.site[site.first_doctor : site.first_doctor + site.n_doctors] == row).all()
    assert set(doctors.is_private) == {0, 1}
    assert ((doctors.innate_skill >= 0.0) & (doctors.innate_skill <= 1.0)).all()
    assert not doctors.is_accredited.any()


@pytest.mark.property
@settings(max_examples=20)
@given(n=st.integers(300, 2_000), seed=st.integers(0, 2**31), week=st.integers(0, population.LAST_WEEK - 1))
def test_any_register_keeps_its_size(n, seed, week):
    children = register(params(n), seed_key(seed))
    assert ((children.first_week <= week) & (week < children.last_week)).sum() == n


@pytest.mark.unit
def test_income_is_told_apart_by_fifths_and_equal_incomes_belong_together(households):
    sizes = np.bincount(households.fifth, minlength=5)
    most_alike = np.unique(np.asarray(households.income_yuan), return_counts=True)[1].max()
    assert sizes.max() - sizes.min() <= 1 + 2 * most_alike
    highest = [households.income_yuan[households.fifth == fifth].max() for fifth in range(4)]
    lowest = [households.income_yuan[households.fifth == fifth].min() for fifth in range(1, 5)]
    assert all(poorer < richer for poorer, richer in zip(highest, lowest, strict=True))


@pytest.mark.unit
def test_posts_are_filled_and_patience_is_a_share_before_the_world_begins():
    values = defaults() | {"population.n_children": 20_000}
    p, zone = record(values)[0], size_zone(values)
    sites = place_sites(p, seed_key(1), zone, place_communities(p, seed_key(1), zone))
    doctors = doctors_of(p, seed_key(1), sites, zone)
    for name in ("week_vacant", "week_advised_on_referral", "week_advised_on_drugs", "week_certified"):
        assert (doctors[name] == -1).all()
    assert ((doctors.patience >= 0.0) & (doctors.patience < 1.0)).all()
    assert len(set(doctors.patience.tolist())) == len(doctors)
