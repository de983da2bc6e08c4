"""Does a widget do what the page's events ask, and nothing that a forged message asks, however the page is served?"""

import pytest
from ipyvue import VueTemplate

from dashboard.server import close_to_the_outside

pytestmark = pytest.mark.unit


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> tuple[VueTemplate, list[object]]:
    from ipyvue.VueTemplateWidget import Events

    monkeypatch.setattr(Events, "_handle_event", Events._handle_event)  # put back when the test is over
    close_to_the_outside()
    values: list[object] = []

    class Slider(VueTemplate):
        def vue_move(self, value: object) -> None:
            values.append(value)

    return Slider(template="<template></template>"), values


def test_an_event_of_the_page_is_heard(moved):
    slider, values = moved
    slider._handle_custom_msg({"event": "move", "data": 0.4}, [])
    assert values == [0.4]


def test_a_message_that_imports_and_calls_is_not_heard(moved, tmp_path):
    slider, values = moved
    forged = {"create_widget": ["numpy", "savez"], "props": {"file": str(tmp_path / "written")}, "id": "x"}
    slider._handle_custom_msg(forged, [])
    slider._handle_custom_msg(forged | {"event": "move", "data": 1}, [])
    assert list(tmp_path.iterdir()) == []
    assert values == []
