"""Does any event of any part of any room stumble over a payload that no page sends?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import reacton
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipyvue import VueTemplate
from ipywidgets.widgets import widget

from dashboard.heard import LARGEST_NUMBER
from dashboard.rooms import ROOMS, room
from dashboard.server import close_to_the_outside
from dashboard.session import Session
from dashboard.shell import Shell
from dashboard.simulation import Simulation
from dashboard.work import Work
from tests.dashboard.conftest import small_worlds

pytestmark = [pytest.mark.property, pytest.mark.slow]

SECONDS_FOR_A_PICTURE = 120
WORDS = st.sampled_from(["name", "value", "key", "kind", "path", "query", "old", "at", "chart", "term", "id", "find", "content"])
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 9),
    st.sampled_from([LARGEST_NUMBER, 10**30, -1e300, 0.5, float("nan"), float("inf")]),
    st.sampled_from(["", "csv", "year", "policy", "1", "\0", "../a", "\ud800", "a" * 5_000, "__class__", "decide"]),
)  # fmt: skip
KEYS = WORDS | st.text(max_size=3)
PAYLOADS = st.recursive(ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A visitor's session with a picture, whose further work is never done."""
    close_to_the_outside()
    with small_worlds(4_000):
        visitor = Session("en")
        visitor.keep("kept")
        visitor.start()
        for _ in range(10 * SECONDS_FOR_A_PICTURE):
            if visitor.whole.peek() is not None:
                break
            threading.Event().wait(0.1)
        assert visitor.whole.peek() is not None
        yield visitor
        visitor.stop()


@pytest.fixture(scope="module", params=[*ROOMS, "shell"])
def drawn(request: pytest.FixtureRequest, session: Session) -> Iterator[list[VueTemplate]]:
    """Everything with events that a room shows once it has what it waits for."""
    name = request.param
    box, context = reacton.render((Shell if name == "shell" else room(name))(session), handle_error=False)
    for _ in range(10 * SECONDS_FOR_A_PICTURE):
        if not any(part.texts.get("running") for part in parts() if "stop" in part.events):
            break
        threading.Event().wait(0.1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Work, "begin", lambda _work, _task: None)
        patch.setattr(Simulation, "ask", lambda _simulation, _choice: None)
        yield box
    context.close()


def parts() -> list[VueTemplate]:
    return [one for one in list(widget._instances.values()) if isinstance(one, VueTemplate) and one.events]


def test_a_forged_payload_is_handled_or_left_alone(drawn: object) -> None:
    named = sorted({(one.template.template, event) for one in parts() for event in one.events if event.startswith("event_")})
    assert named

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(named), PAYLOADS)
    def forge(at: tuple[str, str], payload: object) -> None:
        for one in parts():
            if one.template.template == at[0]:
                one._handle_event(one, {"event": at[1], "data": payload}, [])

    forge()
