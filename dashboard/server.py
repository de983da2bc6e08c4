"""What does the web server say about us to others, and what does it add to the page?

Nothing, and nothing: its usage reports and its banner are switched off before the first page is served.
"""

from __future__ import annotations

from solara.server import settings


def close_to_the_outside() -> None:
    """Switch off every call outside that the server would make by default once it runs."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
