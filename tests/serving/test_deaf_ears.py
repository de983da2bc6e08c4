"""Does a widget do what the page's events ask, and nothing that a forged message asks, however the page is served?"""

import pytest
from ipyvue import Html, VueTemplate
from ipywidgets import Widget

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


def test_an_event_that_the_widget_does_not_have_is_not_heard(moved):
    slider, values = moved
    for forged in (
        {"event": "reload", "data": 1},
        {"event": ["move"], "data": 1},
        {"event": "move", "data": 1, "x": 1},
        ["move"],
        "move",
        None,
    ):
        slider._handle_event(slider, forged, [])
    assert values == []


def test_files_that_come_with_an_event_are_not_handed_on(moved):
    slider, values = moved
    slider._handle_custom_msg({"event": "move", "data": 1}, [memoryview(b"file")])
    assert values == [1]


def test_an_event_that_a_plain_element_does_not_have_is_not_heard():
    close_to_the_outside()
    heard: list[object] = []
    element = Html(tag="button")
    element.on_event("click", lambda *said: heard.append(said[-1]))
    for forged in ({"event": "destroy"}, {"data": 1}, "click", None):
        element._handle_event(element, forged, [])
    assert heard == []
    element._handle_event(element, {"event": "click", "data": 5}, [])
    assert heard == [5]


def test_each_page_that_comes_back_is_told_its_own_state():
    close_to_the_outside()

    class Line:
        """A line between a page and its session."""

        def __init__(self) -> None:
            self.told: list[str] = []

        def on_msg(self, answer):
            self.ask = answer

        def send(self, data, **_: object):
            self.told.append(data["method"])

    ann, bob = Line(), Line()
    for line in (ann, bob):
        Widget.handle_control_comm_opened(line, {"metadata": {"version": "1.0.0"}})
    ann.ask({"content": {"data": {"method": "request_states"}}})
    assert (ann.told, bob.told) == (["update_states"], [])
