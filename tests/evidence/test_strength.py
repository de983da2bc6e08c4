"""How well is a number known?"""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.evidence.strength import BANDS, WEAK, dangerous, relative_width, standings, strength, strong_from
from model.parameters import KINDS, declarations

unit, prop = pytest.mark.unit, pytest.mark.property
CAUTION = declarations()["doctor.refer.caution"]
numbers = st.floats(-1e6, 1e6, allow_nan=False)


@unit
@pytest.mark.parametrize(
    ("low", "high", "width"), [(2, 2, 0), (1, 3, 0.5), (-3, -1, 0.5), (0, 4, 1), (-1, 4, 1), (-4, 0, 1), (9, 11, 0.1)]
)
def test_a_range_is_as_wide_as_its_ends_lie_apart(low, high, width):
    assert relative_width(low, high) == pytest.approx(width)


@unit
def test_every_kind_has_a_band_and_the_bands_do_not_overlap():
    assert set(BANDS) == set(KINDS)
    edges = [edge for low, high in reversed(BANDS.values()) for edge in (low, high)]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == (0.0, 1.0)


@unit
def test_a_threefold_assumption_with_a_reason_only_is_as_weak_as_the_line():
    assert strength(replace(CAUTION, low=1, high=3, source="", url="")) == pytest.approx(WEAK)
    assert strength(replace(CAUTION, low=0, high=3)) == 0


@unit
def test_law_outranks_measured_estimated_calibrated_narrow_and_wide_assumptions():
    ranked = [replace(CAUTION, kind=kind, low=1, high=2) for kind in ("law", "measured", "estimated", "calibrated", "assumed")]
    found = [strength(parameter) for parameter in [*ranked, replace(CAUTION, low=1, high=100)]]
    assert found == sorted(set(found), reverse=True)


@unit
def test_a_source_with_an_address_counts_for_more_than_a_name_and_a_name_for_more_than_a_reason():
    plain = replace(CAUTION, low=1, high=2, source="", url="")
    named, found = replace(plain, source="A study"), replace(plain, source="A study", url="address")
    assert strength(plain) < strength(named) < strength(found)


@prop
@given(kind=st.sampled_from(KINDS), ends=st.tuples(numbers, numbers), url=st.sampled_from(["", "address"]))
def test_strength_stays_in_the_band_of_its_kind(kind, ends, url):
    low, high = BANDS[kind]
    assert low <= strength(replace(CAUTION, kind=kind, low=min(ends), high=max(ends), url=url)) <= high


@prop
@given(kind=st.sampled_from(KINDS), low=st.floats(0.1, 10), factor=st.floats(1, 50), more=st.floats(1, 50))
def test_a_wider_range_never_counts_for_more(kind, low, factor, more):
    narrow = replace(CAUTION, kind=kind, low=low, high=low * factor)
    assert strength(replace(narrow, high=low * factor * more)) <= strength(narrow) + 1e-12


@unit
def test_the_corner_holds_what_is_weak_and_strong_and_no_lever():
    weak, lever, known = "doctor.refer.caution", "fund.surplus.reinvested_share", "population.doctors_per_centre"
    others = dict.fromkeys([key for key, p in declarations().items() if p.role != "lever"][:10], 0.1)
    found = standings(others | {weak: 5.0, lever: 9.0, known: 7.0, "illness.days_to_alarm": math.nan})
    assert [each.name for each in dangerous(found)] == [weak]
    assert [each.name for each in found[:3]] == [lever, known, weak]
    assert "illness.days_to_alarm" not in {each.name for each in found}


@unit
def test_without_any_influence_nothing_is_dangerous():
    assert standings({}) == []
    assert strong_from([]) == math.inf
    assert dangerous(standings({"doctor.refer.caution": 0.0})) == []


@unit
def test_an_unknown_parameter_is_an_error():
    with pytest.raises(KeyError, match=r"doctor\.refer\.courage"):
        standings({"doctor.refer.courage": 1.0})
