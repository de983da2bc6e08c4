"""Where does a server process begin? `alliance serve` starts this file with options that it has checked.

The port is taken before anything heavy is imported: if somebody else has it, one line says so at once.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.serving import log
from dashboard.serving.options import Options
from model.refusal import ScenarioError

BAD_INPUT, STOPPED = 2, 130
SCHEME = "http"
WAITING_CONNECTIONS = 512
KEEP_ALIVE_SECONDS = 5
STOPPING_SECONDS = 3
HEADER_BYTES = 32_768
CONNECTIONS_OF_VISITOR = 8
SPARE_CONNECTIONS = 64


def main(words: Sequence[str] | None = None) -> int:
    """Serve until stopped; returns the exit code."""
    options, app = read(words)
    try:
        listener = listening(options)
    except ScenarioError as error:
        print(f"alliance: {error}", file=sys.stderr)  # noqa: T201  there is no log yet
        return BAD_INPUT
    where = f"{SCHEME}://{shown(options.host)}:{options.port}{options.below}"
    print(f"The simulator opens at {where} (stop it with Ctrl-C)", flush=True)  # noqa: T201
    try:
        with listener:
            serve(options, app, listener)
    except KeyboardInterrupt:
        print("alliance: stopped", file=sys.stderr)  # noqa: T201  after the log
        return STOPPED
    return 0


def shown(host: str) -> str:
    """What to type into a browser on this machine."""
    is_everywhere = host in ("0.0.0.0", "::")  # noqa: S104  compared only
    return "127.0.0.1" if is_everywhere else f"[{host}]" if ":" in host else host


def read(words: Sequence[str] | None) -> tuple[Options, Path | None]:
    """Read the options as `alliance serve` writes them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default=Options.host)
    parser.add_argument("--port", type=int, default=Options.port)
    parser.add_argument("--origin", action="append", default=[])
    parser.add_argument("--sessions", type=int, default=Options.sessions)
    parser.add_argument("--idle-seconds", type=float, default=Options.idle_seconds)
    parser.add_argument("--per-address", type=int, default=Options.per_address)
    parser.add_argument("--proxy", action="append", default=[])
    parser.add_argument("--below", default=Options.below)
    parser.add_argument("--app", type=Path)
    found = parser.parse_args(words)
    limits = found.sessions, found.idle_seconds, found.per_address
    return Options(found.host, found.port, tuple(found.origin), *limits, tuple(found.proxy), found.below), found.app


def listening(options: Options) -> socket.socket:
    """Return a socket on the address; raises ScenarioError if it cannot be had."""
    where = f"{options.host}:{options.port}"
    try:
        address = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[4][:2], family=address[0], backlog=WAITING_CONNECTIONS)
    except OSError as error:
        reason = _reason(error)
        allowed = "allowed are an address of this machine and a port that nobody uses, see --host and --port"
        raise ScenarioError("--port" if options.host == Options.host else "--host", f"{where}: {reason}", allowed) from error


def _reason(error: OSError) -> str:
    is_name = isinstance(error, socket.gaierror)
    return "no such name" if is_name else os.strerror(error.errno).lower() if error.errno else str(error)


def serve(options: Options, app: Path | None, listener: socket.socket) -> None:
    """Serve on the socket until stopped."""
    from dashboard.serving import memory, solara_server

    memory.give_back()
    solara_server.prepare(options, app or solara_server.APP)
    log.begin()
    import uvicorn
    from starlette.middleware.gzip import GZipMiddleware

    from dashboard.serving.messages import LONGEST_MESSAGE
    from dashboard.serving.punctual import PunctualProtocol
    from dashboard.serving.wrapper import COMPRESSIBLE_FROM, Wrapper

    wrapper = Wrapper(solara_server.SolaraServer(options.below), options)
    config = uvicorn.Config(
        GZipMiddleware(wrapper, minimum_size=COMPRESSIBLE_FROM, compresslevel=4),
        http=PunctualProtocol,
        ws="websockets-sansio",
        loop="asyncio",
        lifespan="on",
        proxy_headers=bool(options.proxies),
        forwarded_allow_ips=list(options.proxies),
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=HEADER_BYTES,
        ws_max_size=LONGEST_MESSAGE,
        limit_concurrency=CONNECTIONS_OF_VISITOR * options.sessions + SPARE_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
