"""What was the server told: where it listens, who may call it, how many may come, when they are let go?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Options:
    """What holds from the start of the server to its end."""

    host: str = "127.0.0.1"
    port: int = 8765
    origins: tuple[str, ...] = ()
    sessions: int = 50
    idle_seconds: float = 3600.0

    @property
    def names(self) -> frozenset[str]:
        """The names under which visitors may call the server, besides numeric addresses."""
        listed = (urlsplit(origin).hostname or "" for origin in self.origins)
        return frozenset({"localhost", self.host.lower(), *listed} - {""})
