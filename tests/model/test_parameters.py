"""Which numbers does the model use, and what is known about each?"""

import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import ROOT, Parameter, declarations, defaults, record

KEYS = sorted(declarations())


def read(params: np.recarray, key: str) -> float | int:
    """What a rule reads under this key."""
    found = params[0]
    for part in key.split("."):
        found = getattr(found, part)
    return found.item()


@pytest.mark.unit
def test_a_key_is_actor_decision_and_name_and_stands_beside_the_decision():
    share = declarations()["fund.surplus.reinvested_share"]
    written = tomllib.loads((ROOT / "agents/fund/surplus.toml").read_text(encoding="utf-8"))["reinvested_share"]
    assert share.name == "fund.surplus.reinvested_share"
    assert share.file == "agents/fund/surplus.toml"
    assert [share.low, share.high] == written["range"]
    for name in ("value", "unit", "kind", "role", "meaning", "moves", "because", "assumption"):
        assert getattr(share, name) == written[name]
    assert declarations()["illness.share_serious"].file == "model/illness.toml"


@pytest.mark.unit
def test_known_figures_of_the_case_are_no_parameters():
    assert not [key for key in KEYS if key.startswith("known.")]


@pytest.mark.unit
def test_the_record_holds_every_number_under_its_own_name():
    params = record(defaults())
    assert params.shape == (1,)
    assert {key: read(params, key) for key in KEYS} == defaults()


@pytest.mark.unit
def test_a_changed_number_changes_nothing_else():
    before, after = record(defaults()), record(defaults() | {"fund.plan.premium_yuan": 365.0})
    assert [key for key in KEYS if read(before, key) != read(after, key)] == ["fund.plan.premium_yuan"]


@pytest.mark.unit
def test_a_whole_number_where_a_fraction_was_meant_does_not_recompile_the_engine():
    assert record(defaults() | {"fund.plan.premium_yuan": 365}).dtype == record(defaults()).dtype


@pytest.mark.unit
def test_a_missing_number_is_an_error():
    values = defaults()
    del values["fund.plan.premium_yuan"]
    with pytest.raises(KeyError, match="premium_yuan"):
        record(values)


@pytest.mark.unit
def test_who_changes_the_defaults_changes_a_copy():
    changed = defaults()
    changed["fund.plan.premium_yuan"] = -1.0
    assert defaults()["fund.plan.premium_yuan"] == declarations()["fund.plan.premium_yuan"].value > 0.0


@pytest.mark.unit
def test_a_declaration_cannot_be_changed():
    parameter = declarations()["fund.plan.premium_yuan"]
    assert isinstance(parameter, Parameter)
    with pytest.raises(AttributeError):
        parameter.value = 1.0  # type: ignore[misc]


@pytest.mark.property
@given(data=st.data(), key=st.sampled_from(KEYS))
def test_any_allowed_value_reaches_the_rules_unchanged(data, key):
    parameter = declarations()[key]
    value = data.draw((st.integers if parameter.is_whole else st.floats)(parameter.low, parameter.high))
    assert read(record(defaults() | {key: value}), key) == value
