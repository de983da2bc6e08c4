"""What does the web server say about us to others, and what does it add to the page?

Nothing, and nothing: its usage reports, its banner and its animation are switched off before a page is served.
"""

from __future__ import annotations

from solara.server import settings


def close_to_the_outside() -> None:
    """Switch off the calls outside that the server makes by default once it runs, and what it shows of itself."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
    settings.theme.loader = "plain"
