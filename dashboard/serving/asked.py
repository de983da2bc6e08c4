"""What does a request say: what is asked for, where below our path, and by whom?"""

from __future__ import annotations

from starlette.types import Scope

from dashboard.serving.door import Knock


def knock_of(scope: Scope) -> Knock:
    """The first lines of a request."""
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    has_body = "transfer-encoding" in found or found.get("content-length", "0") != "0"
    query = scope["query_string"].decode("latin-1")
    return Knock(scope["type"] == "websocket", scope.get("method", "GET"), scope["path"], query, found, has_body)


def beneath(scope: Scope, below: str) -> Scope | None:
    """The request with its path as it is below ours, or None where it is somewhere else."""
    if not scope["path"].startswith(f"{below}/"):
        return None
    path = scope["path"].removeprefix(below)
    return {**scope, "path": path, "raw_path": path.encode()}


def address_of(scope: Scope) -> str:
    """Who asks: the address of the connection, or the one that a trusted proxy names."""
    client = scope.get("client")
    return client[0] if client else ""
