"""What is still there of visitors who have left? Run as a program: it serves, is visited, and prints how much of each is alive.

python -m tests.serving.kept_alive
"""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from collections import Counter

import uvicorn
import websockets  # noqa: F401  before the server, whose library changes it

from benchmarks.visitor import Visitor
from dashboard.serving import __main__ as serving
from dashboard.serving import solara_server
from dashboard.serving.options import Options
from dashboard.serving.wrapper import Wrapper

N_VISITS = 3
COUNTED = ("dashboard.session.Session", "dashboard.band.Picture", "dashboard.simulation.Simulation",
    "solara.server.kernel_context.VirtualKernelContext", "solara.server.kernel.Kernel", "reacton.core._RenderContext",
)  # fmt: skip
LONGEST_LEAVING = 300
"""Looks of a tenth of a second until whoever left is gone."""


async def visit(address: str) -> None:
    visitor = Visitor(address)
    await visitor.open()
    await visitor.first_picture()
    await visitor.move(visitor.levers[0], visitor.levers[0].low)
    await visitor.close()


def alive() -> dict[str, int]:
    """How many objects of each class there are once circles are collected."""
    gc.collect()
    found = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
    return {name: found[name] for name in COUNTED}


def main() -> None:
    options = Options(port=0)
    listener = serving.listening(options)
    solara_server.prepare(options)
    wrapper = Wrapper(solara_server.SolaraServer(), options)
    server = uvicorn.Server(uvicorn.Config(wrapper, ws="websockets-sansio", loop="asyncio", log_config=None))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    found = []
    for _ in range(N_VISITS):
        asyncio.run(visit(address))
        for _ in range(LONGEST_LEAVING):
            if not wrapper.places.n_taken:
                break
            threading.Event().wait(0.1)
        found.append(alive())
    print(json.dumps(found))
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main()
