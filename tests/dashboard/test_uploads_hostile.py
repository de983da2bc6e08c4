"""Can anything that is sent as an upload do more than be refused in one line?"""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.uploads import received, scenario_of
from model.refusal import LONGEST_LINE, ScenarioError

pytestmark = pytest.mark.property

SAID = b'extends = "huaxi.toml"\ntitle = "Mine"\n[district]\nfolder = "."\n[hospital.accredit]\npass_rate = 0.3\n'
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("name") | st.just("content"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "content", "x"]), inner, max_size=3),
    max_leaves=12,
)


def is_one_line(refused: ScenarioError) -> bool:
    return str(refused).isprintable() and len(str(refused)) <= LONGEST_LINE and "alliance-upload" not in str(refused)


def is_refused_or(take: Callable[[], object]) -> bool:
    try:
        return bool(take())
    except ScenarioError as refused:
        return is_one_line(refused)


@given(anything)
def test_any_message_is_files_or_a_refusal(sent: Any) -> None:
    assert is_refused_or(lambda: received(sent))


@settings(max_examples=150)
@given(st.integers(0, len(SAID) - 1), st.binary(max_size=12), st.integers(0, 12))
def test_a_scenario_with_bytes_changed_is_a_scenario_or_a_refusal(at: int, put: bytes, n_gone: int) -> None:
    content = SAID[:at] + put + SAID[at + n_gone :]
    sent = [{"name": "mine.toml", "content": base64.b64encode(content).decode()}]
    assert is_refused_or(lambda: scenario_of(received(sent)).values)
