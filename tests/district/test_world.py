"""Is the world of a district the one that its files say, and does a change of one cell change only what it should?"""

import csv
import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.centre.record import ALLIANCE_HOSPITAL, SITE_KINDS
from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import calendar
from model.alliance import AllianceModel
from model.audit import Auditor
from model.district import Community, District, Provider
from model.parameters import defaults
from model.scenario import Scenario
from model.world import columns
from tests.district.conftest import COMMUNITIES, PROVIDERS, TRAVEL

Load = Callable[..., Scenario]

N_CHILDREN = 210 + 200 + 180 + 90 + 80 + 70 + 30 + 20 + 25
CASE_BEGINS = calendar.FIRST_HISTORY_WEEK
A_YEAR_LATER = CASE_BEGINS + 60


def community_of(model: AllianceModel, n: int = N_CHILDREN) -> np.ndarray:
    """Community of each of the first children."""
    return np.asarray(model.world.households.community)[model.world.children.household[:n]]


@pytest.mark.unit
def test_the_world_has_the_children_that_the_file_says(loaded: Load) -> None:
    model = AllianceModel(loaded(), 3)
    age = WEEKS_OF_CHILDHOOD - np.asarray(model.world.children.last_week)[:N_CHILDREN]
    assert age.min() >= 0
    counts = np.zeros((3, 3), int)
    np.add.at(counts, (community_of(model), (age >= WEEKS_UNTIL_5).astype(int) + (age >= WEEKS_UNTIL_10)), 1)
    assert counts.tolist() == [[210, 200, 180], [90, 80, 70], [30, 20, 25]]
    model.run_until(1)
    assert np.asarray(model.world.communities.n_children).tolist() == [590, 240, 75]


@pytest.mark.unit
def test_every_community_keeps_its_children_for_all_years(loaded: Load) -> None:
    model = AllianceModel(loaded(), 3)
    children, where = model.world.children, np.asarray(model.world.households.community)[model.world.children.household]
    for week in range(0, calendar.N_WEEKS, 13):
        is_here = (children.first_week <= week) & (week < children.last_week)
        assert np.bincount(where[is_here]).tolist() == [590, 240, 75]
    assert (np.diff(children.first_week) >= 0).all()


@pytest.mark.unit
def test_siblings_live_together_and_every_household_has_a_child(loaded: Load) -> None:
    world = AllianceModel(loaded(), 3).world
    of_first = np.asarray(world.children.household)[:N_CHILDREN]
    assert set(np.diff(of_first)) == {0, 1}
    assert len(world.households) == of_first[-1] + 1
    assert 0.15 < (np.diff(of_first) == 0).mean() < 0.35


@pytest.mark.unit
def test_the_providers_stand_by_kind_with_what_the_file_says(loaded: Load) -> None:
    world = AllianceModel(loaded(), 3).world
    names = [SITE_KINDS[kind] for kind in world.sites.kind]
    assert names == ["centre", "centre", "clinic", "clinic", "maternal_hospital", "other_hospital", "alliance_hospital"]
    assert np.asarray(world.sites.price_fen).tolist() == [14260, 14000, 12050, 11800, 24550, 28000, 33600]
    assert np.asarray(world.sites.n_doctors).tolist() == [4, 2, 1, 2, 0, 0, 0]
    assert np.asarray(world.sites.is_separate).tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert np.asarray(world.doctors.site).tolist() == [0, 0, 0, 0, 1, 1, 2, 3, 3]
    assert np.asarray(world.doctors.is_private).tolist() == [0] * 6 + [1] * 3
    assert np.asarray(world.doctors.is_candidate).tolist() == [1, 1, 1, 0, 1, 1, 1, 1, 1]
    assert (np.asarray(world.sites.x_km) == [0.1, 5.1, 0.4, 5.2, 1.0, 2.0, 9.0]).all()


@pytest.mark.unit
def test_travel_follows_from_positions_or_from_the_matrix(loaded: Load) -> None:
    by_position = AllianceModel(loaded(), 3).world.minutes
    assert by_position[1, 6] == pytest.approx(5.0 + 4.0 * np.hypot(4.0, 1.0))
    by_matrix = AllianceModel(loaded(travel=TRAVEL), 3).world.minutes
    assert by_matrix.tolist() == [[5, 25, 6, 26, 10, 12, 40], [26, 5, 24, 6, 22, 18, 25], [30, 45, 31, 46, 33, 35, 55]]


@pytest.mark.unit
def test_incomes_follow_the_community(loaded: Load) -> None:
    world = AllianceModel(loaded(), 3).world
    richer = AllianceModel(loaded(communities=COMMUNITIES.replace("180,100000", "180,200000")), 3).world
    in_upper = np.asarray(world.households.community) == 0
    np.testing.assert_allclose(richer.households.income_yuan[in_upper], 2.0 * world.households.income_yuan[in_upper])
    np.testing.assert_array_equal(richer.households.income_yuan[~in_upper], world.households.income_yuan[~in_upper])


@pytest.mark.unit
def test_the_certified_are_accredited_when_the_case_starts_and_not_before(loaded: Load) -> None:
    model = AllianceModel(loaded(), 3).run_until(CASE_BEGINS + 1)
    assert not model.world.doctors.is_accredited.any()
    model.step()
    world = model.world
    by_site = np.bincount(world.doctors.site, world.doctors.is_accredited, len(world.sites))
    assert by_site.tolist() == [1, 0, 0, 1, 0, 0, 0]
    assert world.clock[0].n_accredited == 2
    certified = world.doctors[np.asarray(world.doctors.is_accredited) == 1]
    assert ((certified.week_certified > 0) & (certified.week_certified <= CASE_BEGINS)).all()
    assert (certified.n_sittings == 1).all()
    assert world.doctors.is_candidate[np.asarray(world.doctors.is_accredited) == 1].all()
    assert (world.alternative_doctor[:, 0] >= 0).all()


@pytest.mark.unit
def test_without_an_alliance_nobody_is_certified(loaded: Load) -> None:
    scenario = loaded().with_settings({"hospital.accredit.is_running": 0, "fund.plan.is_running": 0})
    model = AllianceModel(scenario, 3).run_until(CASE_BEGINS + 4)
    assert not model.world.doctors.is_accredited.any()


@pytest.mark.unit
def test_the_capacity_of_a_kind_of_hospital_is_shared_by_however_many_there_are(loaded: Load) -> None:
    def capacity(scenario: Scenario) -> dict[str, float]:
        sites = AllianceModel(scenario, 3).world.sites
        return {kind: sites.capacity_per_day[sites.kind == i].sum() for i, kind in enumerate(SITE_KINDS)}

    line = "General,other_hospital,2.0,0.0,0,280.00,0,no,,\n"
    more = PROVIDERS + "".join(line.replace("General", f"General {i}") for i in range(4))
    more += "Maternal 2,maternal_hospital,4.0,0.0,0,280.00,0,no,,\n"
    few, many = capacity(loaded()), capacity(loaded(providers=more))
    assert few == pytest.approx(many)
    scale, values = N_CHILDREN / 90_000, defaults()
    for kind, name in (("maternal_hospital", "maternal"), ("other_hospital", "other")):
        visits, share = values[f"hospital.admit.visits_per_day_{name}"], values[f"hospital.admit.share_of_zone_{name}"]
        assert few[kind] == pytest.approx(visits * scale / share / values["centre.wait.reference_utilisation"])


# -- what a cell changes ------------------------------------------------------------------------------------------------


def differing(one: AllianceModel, other: AllianceModel) -> set[str]:
    first, second = columns(one.world), columns(other.world)
    return {name for name in first if first[name].shape != second[name].shape or (first[name] != second[name]).any()}


CHANGES = {
    "fee": ("providers", "4,142.60", "4,150.00", {"sites.price_fen"}),
    "separate": ("providers", "1,yes", "1,no", {"sites.is_separate", "doctors.yuan_lost_per_referral", "doctors.log_odds_sent"}),
    "candidates": ("providers", "yes,3", "yes,2", {"doctors.is_candidate"}),
    "certified": ("providers", "1,yes", "0,yes", set()),
    "position of a clinic": ("providers", "clinic,0.4", "clinic,0.5", {"sites.x_km", "alternative_site", "nearest"}),
    "position of a community": ("communities", "Far,-4.0", "Far,-4.5", {"communities.x_km", "alternative_site", "nearest"}),
    "income": ("communities", "180,100000", "180,110000", {"households.income_yuan", "households.fifth", "security"}),
    "name": ("communities", "Lower", "Nether", set()),
    "note": ("communities", "by the river", "by the sea", set()),
}


@pytest.mark.unit
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_cell_changes_only_what_it_should_on_the_first_day(name: str, loaded: Load) -> None:
    table, there, instead, allowed = CHANGES[name]
    text = COMMUNITIES if table == "communities" else PROVIDERS
    changed = loaded(**{table: text.replace(there, instead)})
    before = loaded()
    found = differing(AllianceModel(before, 3), AllianceModel(changed, 3))
    assert found <= allowed
    assert bool(found) == bool(allowed)
    is_same = name == "note"
    assert (changed.district == before.district) is is_same
    assert (changed.segments() == before.segments()) is is_same


@pytest.mark.unit
def test_one_child_more_leaves_the_children_of_other_communities_as_they_are(loaded: Load) -> None:
    one, other = (AllianceModel(loaded(communities=COMMUNITIES.replace("90,80", f"{n},80")), 3) for n in (90, 91))
    for place in (0, 2):
        first, second = (
            model.world.children[:n][community_of(model, n) == place] for model, n in ((one, N_CHILDREN), (other, N_CHILDREN + 1))
        )
        for name in ("last_week", "frailty"):
            np.testing.assert_array_equal(first[name], second[name])
    incomes = [
        np.asarray(model.world.households.income_yuan)[np.asarray(model.world.households.community) == 2] for model in (one, other)
    ]
    np.testing.assert_array_equal(*incomes)


@pytest.mark.unit
def test_a_doctor_more_leaves_the_other_doctors_as_they_are(loaded: Load) -> None:
    one, other = (AllianceModel(loaded(providers=PROVIDERS.replace("5.1,1.0,2", f"5.1,1.0,{n}")), 3) for n in (2, 3))
    kept = np.delete(np.arange(10), 6)
    for name in ("innate_skill", "log_caution", "turn"):
        np.testing.assert_array_equal(one.world.doctors[name], other.world.doctors[name][kept])


# -- bits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.unit
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(loaded: Load) -> None:
    hashes = [AllianceModel(loaded(), seed).run_until(A_YEAR_LATER).result_hash() for seed in (3, 3, 4)]
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.unit
def test_a_run_goes_on_from_a_checkpoint_to_the_same_bits(loaded: Load) -> None:
    whole = AllianceModel(loaded(), 3).run_until(A_YEAR_LATER)
    for week in (20, CASE_BEGINS, CASE_BEGINS + 1, CASE_BEGINS + 2):
        checkpoint = AllianceModel(loaded(), 3).run_until(week).checkpoint()
        again = AllianceModel.from_checkpoint(checkpoint, loaded()).run_until(A_YEAR_LATER)
        assert again.result_hash() == whole.result_hash()
        assert differing(again, whole) == set()


@pytest.mark.unit
def test_a_checkpoint_of_another_district_is_refused(loaded: Load) -> None:
    checkpoint = AllianceModel(loaded(), 3).run_until(2).checkpoint()
    with pytest.raises(ValueError, match="differs from that of the checkpoint"):
        AllianceModel.from_checkpoint(checkpoint, loaded(providers=PROVIDERS.replace("4,142.60", "4,142.70")))


@pytest.mark.unit
def test_a_district_of_no_clinic_and_no_other_hospital_runs_with_right_books(loaded: Load) -> None:
    rows = [line for line in csv.reader(io.StringIO(PROVIDERS)) if line[1] in ("kind", "centre", "alliance_hospital")]
    model = AllianceModel(loaded(providers="\n".join(",".join(row) for row in rows)), 3)
    auditor = Auditor(model)
    while model.week < A_YEAR_LATER:
        model.step()
        assert auditor.check_week() == []
    assert model.weekly()["n_visits"].sum() > 0


# -- any district -------------------------------------------------------------------------------------------------------

coordinates = st.floats(-50.0, 50.0).map(lambda x: round(x, 2))
counts = st.integers(0, 60)


@st.composite
def districts(draw: st.DrawFn) -> District:
    """A legal district of some hundred children."""
    communities = [
        Community(
            f"C{i}",
            draw(coordinates),
            draw(coordinates),
            (draw(counts) + 40, draw(counts), draw(counts)),
            1000.0 * draw(st.integers(5, 500)),
        )
        for i in range(draw(st.integers(5, 8)))
    ]
    kinds = [0, *sorted(draw(st.lists(st.integers(0, 3), max_size=6))), ALLIANCE_HOSPITAL]
    providers = []
    for row, kind in enumerate(kinds):
        doctors = draw(st.integers(1, 5)) if kind <= 1 else 0
        candidates = draw(st.integers(0, doctors))
        certified, fee = draw(st.integers(0, candidates)), draw(st.integers(100, 50_000))
        separate = draw(st.integers(0, 1)) if kind == 0 else 0
        providers.append(
            Provider(f"P{row}", kind, draw(coordinates), draw(coordinates), doctors, candidates, fee, certified, separate, row)
        )
    minutes = None
    if draw(st.booleans()):
        minutes = tuple(tuple(float(draw(st.integers(0, 600))) for _ in providers) for _ in communities)
    return District(tuple(communities), tuple(providers), minutes)


@pytest.mark.property
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(district=districts(), seed=st.integers(0, 2**31))
def test_any_district_runs_and_its_books_are_right(district: District, seed: int) -> None:
    scenario = Scenario("any", defaults() | district.values(), district=district)
    model = AllianceModel(scenario, seed)
    auditor = Auditor(model)
    while model.week < CASE_BEGINS + 18:
        model.step()
        assert auditor.check_week() == []
    world = model.world
    assert world.clock[0].n_children == district.n_children == world.communities.n_children.sum()
    assert (world.sites.n_seen_today >= 0).all()
    assert ((world.doctors.skill >= 0.0) & (world.doctors.skill <= 1.0)).all()
    assert (np.asarray(world.children.outpatient_paid_fen) >= 0).all()
    assert int(world.books.balance.sum()) == 0
    tally = model.weekly()
    assert (tally["n_visits"] <= 3 * tally["n_illnesses"].cumsum()).all()
