"""What is each datum used for, and may it be?"""

from dataclasses import replace
from itertools import product

import pytest

from model.indicators import INDICATORS
from model.known import (
    CALIBRATE,
    KNOWN_PERIODS,
    PER,
    SPECIFY,
    USES,
    VALIDATE,
    Known,
    data_for,
    declared_figures,
    found_by_model,
    known_figures,
)
from model.parameters import KINDS, Parameter, declarations

pytestmark = pytest.mark.convention

DATA = declared_figures()
every_datum = pytest.mark.parametrize("name", DATA)
every_target = pytest.mark.parametrize("name", data_for(CALIBRATE))
every_comparison = pytest.mark.parametrize("name", data_for(VALIDATE))
SET_BY_EVIDENCE = [p for p in declarations().values() if p.kind in ("law", "measured", "estimated", "calibrated")]
OTHER_COMPANIES = {"combined_ratio", "loss_ratio", "solvency_ratio"}


def conflicts(data: dict[str, Known]) -> list[tuple[str, str]]:
    """Pairs of a target and a comparison that share a pattern or a row of a source."""
    targets = [datum for datum in data.values() if datum.use == CALIBRATE]
    compared = [datum for datum in data.values() if datum.use == VALIDATE]
    return [
        (target.name, other.name)
        for target, other in product(targets, compared)
        if target.pattern == other.pattern or set(target.rows) & set(other.rows)
    ]


def is_of_the_same_source(parameter: Parameter, datum: Known) -> bool:
    first_author = datum.source.split(" et al.")[0] if " et al." in datum.source else datum.source
    is_cited = datum.source in parameter.source or first_author in parameter.because
    return is_cited or bool(datum.url and datum.url == parameter.url)


@every_datum
def test_a_datum_says_what_it_is_what_it_is_for_and_why(name):
    datum = DATA[name]
    assert datum.use in USES
    assert datum.pattern in INDICATORS
    assert datum.period in KNOWN_PERIODS
    assert datum.per in PER
    assert datum.kind in KINDS
    assert datum.meaning
    assert datum.unit
    assert datum.because
    assert (datum.kind == "assumed") or (datum.source and datum.rows)


@every_datum
def test_a_datum_has_a_value_a_range_or_both_and_the_value_lies_within(name):
    datum = DATA[name]
    assert datum.value is not None or datum.low is not None
    if datum.low is not None and datum.high is not None:
        assert datum.low < datum.high
        assert datum.value is None or datum.low <= datum.value <= datum.high


@every_target
def test_a_target_has_a_value_and_a_tolerance_with_its_reason(name):
    target = DATA[name]
    assert target.value
    assert target.tolerance
    assert 0 < target.tolerance < target.value
    assert target.tolerance_because


@every_comparison
def test_what_is_compared_has_a_range_and_says_what_it_can_and_cannot_tell(name):
    datum = DATA[name]
    assert datum.low is not None
    assert datum.high is not None
    assert datum.says
    assert datum.cannot


@every_datum
def test_only_a_target_has_a_tolerance_and_only_what_specifies_names_what_it_set(name):
    datum = DATA[name]
    assert (datum.tolerance is None) == (datum.use != CALIBRATE)
    assert not datum.sets or datum.use == SPECIFY
    assert not datum.apart_from or datum.use == VALIDATE
    assert set(datum.sets) | set(datum.apart_from) <= set(declarations())


def test_the_targets_are_those_that_calibration_was_given():
    assert set(data_for(CALIBRATE)) == {
        "n_alliance_visits", "share_referred", "share_first_contact_primary", "share_seeking_care", "visits_per_episode",
        "share_antibiotic",
    }  # fmt: skip


def test_no_datum_both_calibrates_and_validates_a_pattern():
    assert conflicts(DATA) == []


def test_a_target_that_also_validated_would_be_found():
    target, compared = DATA["share_antibiotic"], DATA["unnecessary_referrals"]
    same_pattern = replace(compared, pattern=target.pattern)
    same_row = replace(compared, rows=target.rows[:1])
    assert conflicts({"a": target, "b": same_pattern}) == [("share_antibiotic", "unnecessary_referrals")]
    assert conflicts({"a": target, "b": same_row}) == [("share_antibiotic", "unnecessary_referrals")]
    assert conflicts({"a": target, "b": compared}) == []


def test_the_pass_rate_of_the_examination_and_other_companies_ratios_are_no_targets():
    targets = {datum.pattern for datum in data_for(CALIBRATE).values()}
    assert not targets & (OTHER_COMPANIES | {"pass_share"})
    assert DATA["pass_share"].use == SPECIFY
    assert not [datum.name for datum in data_for(CALIBRATE).values() if "Mutual" in datum.source]


def test_a_row_that_set_a_parameter_validates_nothing():
    used = {row for datum in data_for(SPECIFY).values() for row in datum.rows}
    assert not used & {row for datum in data_for(VALIDATE).values() for row in datum.rows}


@every_comparison
def test_a_parameter_from_the_same_source_is_named_and_took_another_number(name):
    datum = DATA[name]
    same = [parameter for parameter in declarations().values() if is_of_the_same_source(parameter, datum)]
    assert {parameter.name for parameter in same} <= set(datum.apart_from)
    numbers = {datum.value, *((datum.low, datum.high) if datum.value is None else ())}
    assert not [parameter.name for parameter in same if parameter.value in numbers]


@pytest.mark.parametrize("parameter", SET_BY_EVIDENCE, ids=lambda parameter: parameter.name)
def test_what_set_a_parameter_specifies_it_and_is_compared_with_nothing(parameter):
    def is_its_row(datum: Known) -> bool:
        same_number = parameter.value == datum.value or (parameter.low, parameter.high) == (datum.low, datum.high)
        return same_number and is_of_the_same_source(parameter, datum)

    assert not [datum.name for datum in data_for(VALIDATE).values() if is_its_row(datum)]


def test_a_figure_is_compared_in_the_unit_of_its_datum():
    figures = {"n_serious": 1_062.0, "n_members": 25_000.0, "n_children": 90_000.0, "combined_ratio": 0.9}
    assert found_by_model(DATA["serious_infections"], figures) == pytest.approx(1_062 / 90_000 * 365.25 / 364)
    assert found_by_model(DATA["would_buy_outpatient_cover"], figures) == pytest.approx(25 / 90)
    assert found_by_model(DATA["combined_ratio"], figures) == pytest.approx(0.9)
    nobody = figures | {"n_children": 0.0}
    assert found_by_model(DATA["serious_infections"], nobody) != found_by_model(DATA["serious_infections"], nobody)


def test_a_summary_shows_targets_and_inputs_only_and_no_target_that_is_the_middle_between_sources():
    shown = known_figures(9_000)
    assert {shown[name].use for name in shown} == {SPECIFY, CALIBRATE}
    assert all(name in INDICATORS for name in shown)
    assert shown["share_antibiotic"].value is None
    assert (shown["share_antibiotic"].low, shown["share_antibiotic"].high) == (0.271, 0.638)
    assert shown["n_alliance_visits"].tolerance == pytest.approx(3_040 * 0.1 * 0.6)
