"""What does the web server say about us to others, what does it add to the page, and what does it do for a visitor?

Nothing, nothing, and only what the page offers. Its usage reports, its banner and its animation are switched off before a
page is served. A widget with a template understands, besides the events of the page, messages that import any Python
module by name and call what is in it: these fall on deaf ears here, however the page is served, as does an event that the
widget does not have. (`alliance serve` ends the connection of whoever sends what no page sends, see
dashboard/serving/messages.py; what of an event's payload a handler hears is settled in dashboard/heard.py.)
"""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import Any

from ipyvue.VueTemplateWidget import Events as TemplateEvents
from ipyvue.VueWidget import Events as ElementEvents
from ipywidgets import Widget
from solara.server import settings

from model.refusal import DistrictWarning

UNDERSTOOD = frozenset({"event", "data"})

_tell_states = Widget._handle_control_comm_msg.__func__
_handle_template, _handle_element = TemplateEvents._handle_event, ElementEvents._handle_event


def close_to_the_outside() -> None:
    """Switch off the calls outside that the server makes by default once it runs, and what it shows of itself."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
    settings.theme.loader = "plain"
    Widget.handle_control_comm_opened = _open_control  # pyright: ignore[reportAttributeAccessIssue]
    TemplateEvents._handle_event = _to_template  # pyright: ignore[reportAttributeAccessIssue]
    ElementEvents._handle_event = _to_element  # pyright: ignore[reportAttributeAccessIssue]
    warnings.simplefilter("ignore", DistrictWarning)  # a visitor's district is the visitor's: the page tells, no log does


def _open_control(comm: Any, _message: Any) -> None:
    """A page that comes back asks for the state of all its widgets: it is told so, whoever asked last.

    The library below keeps the line to whoever asked last for all of the process, and would tell one visitor the state of another.
    """
    line = SimpleNamespace(_control_comm=comm, get_manager_state=Widget.get_manager_state)
    comm.on_msg(lambda message: _tell_states(line, message))


def _to_template(widget: Any, sender: Any, content: Any, _buffers: Any) -> None:
    """Hand an event of the page to a widget with a template of ours, and nothing else."""
    if _is_event(content) and content["event"] in (widget.events or ()):
        _handle_template(widget, sender, content, None)


def _to_element(widget: Any, sender: Any, content: Any, _buffers: Any) -> None:
    """Hand an event of the page to a plain element, such as a button."""
    if _is_event(content) and content["event"] in widget._event_handlers_map:
        _handle_element(widget, sender, content, None)


def _is_event(content: object) -> bool:
    return isinstance(content, dict) and content.keys() <= UNDERSTOOD and isinstance(content.get("event"), str)
