"""What was the server told: where it listens, who may call it, how many may come, when they are let go, where its pages lie?"""

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
    per_address: int | None = None
    """How many sessions one address may have at once; not said: half of all."""
    proxies: tuple[str, ...] = ()
    """The addresses of web servers in front, who are believed when they say for whom they ask."""
    below: str = ""
    """The path below which the pages lie, such as "/alliance"; nothing where they lie at the root."""

    @property
    def sessions_of_address(self) -> int:
        """How many sessions one address may have at once: never all of them, unless there is but one or it was said so."""
        return max(1, self.sessions // 2) if self.per_address is None else min(self.per_address, self.sessions)

    @property
    def names(self) -> frozenset[str]:
        """The names under which visitors may call the server, besides numeric addresses."""
        listed = (urlsplit(origin).hostname or "" for origin in self.origins)
        return frozenset({"localhost", self.host.lower(), *listed} - {""})
