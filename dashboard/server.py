"""What does the web server say about us to others, what does it add to the page, and what does it do for a visitor?

Nothing, nothing, and only what the page offers. Its usage reports, its banner and its animation are switched off before a
page is served. A widget with a template understands, besides the events of the page, messages that import any Python
module by name and call what is in it: these fall on deaf ears here, however the page is served. (`alliance serve` ends the
connection of whoever sends one, see dashboard/serving/messages.py.)
"""

from __future__ import annotations

import warnings
from typing import Any

from ipyvue.VueTemplateWidget import Events
from solara.server import settings

from model.refusal import DistrictWarning

UNDERSTOOD = frozenset({"event", "data"})

_handle_anything = Events._handle_event


def close_to_the_outside() -> None:
    """Switch off the calls outside that the server makes by default once it runs, and what it shows of itself."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
    settings.theme.loader = "plain"
    warnings.simplefilter("ignore", DistrictWarning)  # a visitor's district is the visitor's: the page tells, no log does
    Events._handle_event = _handle_event  # pyright: ignore[reportAttributeAccessIssue]


def _handle_event(widget: Events, sender: Any, content: Any, buffers: Any) -> None:
    """Hand an event of the page to its widget, and nothing else."""
    if isinstance(content, dict) and content.keys() <= UNDERSTOOD:
        _handle_anything(widget, sender, content, buffers)
