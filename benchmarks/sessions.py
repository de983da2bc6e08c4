"""Do fifty people who move sliders at the same time get their own pictures, in time, for as long as they stay?

    python benchmarks/sessions.py                               50 sessions, ten minutes, all children
    ALLIANCE_CHILDREN=9000 python benchmarks/sessions.py --sessions 5 --minutes 1

Each session drags one of its sliders through some places to a value that no other session ever uses, waits for the whole
picture, looks at it for some seconds, and moves again. Measured is the time from the last place of the drag to the whole
picture as it arrives over the websocket. A picture that shows a value which the session never asked for is somebody
else's. The memory is that of the server's process, after the first pictures and at the end.
"""

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field

import psutil
from visitor import DroppedError, Lever, Visitor, health, served

N_LEVERS = 3
PLACES_OF_DRAG = 4
SECONDS_BETWEEN_PLACES = 0.05
STEPS = 997
GROWTH_ALLOWED = 1.15
LONGEST_WARMING = 120.0
MEGABYTE = 1024 * 1024


@dataclass
class Found:
    """What the sessions saw."""

    seconds: list[float] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    asked: defaultdict[int, set[float]] = field(default_factory=lambda: defaultdict(set))
    n_foreign: int = 0
    n_tracebacks: int = 0


async def use(visitor: Visitor, number: int, phase: str, until: float, pause: float, found: Found) -> None:
    """Move sliders until the time is over."""
    luck = random.Random(f"{number} {phase}")  # noqa: S311  where a person would look next
    asked = found.asked[number]
    try:
        while time.monotonic() < until:
            lever = luck.choice(visitor.levers[:N_LEVERS])
            *places, last = (own_value(luck, number, lever) for _ in range(PLACES_OF_DRAG))
            asked |= {*places, last}
            for place in places:
                await visitor.drag(lever, place)
                await asyncio.sleep(SECONDS_BETWEEN_PLACES)
            found.seconds.append(await visitor.move(lever, last))
            await asyncio.sleep(luck.uniform(0.5, 1.5) * pause)
    except DroppedError as dropped:
        found.dropped.append(f"session {number}: {dropped}")
    found.n_foreign += sum(not set(settings.values()) <= asked for settings, _ in visitor.pictures)
    found.n_tracebacks += visitor.n_tracebacks
    visitor.pictures.clear()
    visitor.n_tracebacks = 0


def own_value(luck: random.Random, number: int, lever: Lever) -> float:
    """A value in the slider's range that only the session of this number uses."""
    share = (luck.randrange(1, STEPS) + (number + 1) / 10_000) / STEPS
    return round(lever.low + (lever.high - lever.low) * share, 9)


async def visit(
    address: str, server: subprocess.Popen[bytes], n_sessions: int, minutes: float, pause: float
) -> tuple[Found, list[int]]:
    """Open all pages, use them, close them; what was seen, and the server's memory before and after [bytes]."""
    process, found = psutil.Process(server.pid), Found()
    visitors = [Visitor(address) for _ in range(n_sessions)]
    for visitor in visitors:
        await visitor.open()
        await visitor.first_picture()
    print(f"{n_sessions} pages open, {health(address)['sessions']} sessions; now {minutes:g} minutes of moves", flush=True)
    warm_until = time.monotonic() + min(LONGEST_WARMING, 60 * minutes)
    await asyncio.gather(*(use(visitor, n, "warm", warm_until, pause, found) for n, visitor in enumerate(visitors)))
    memory = [process.memory_info().rss]
    found.seconds.clear()
    until = time.monotonic() + 60 * minutes
    await asyncio.gather(*(use(visitor, n, "measured", until, pause, found) for n, visitor in enumerate(visitors)))
    memory.append(process.memory_info().rss)
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    await asyncio.sleep(5)
    memory.append(process.memory_info().rss)
    return found, memory


def main() -> int:
    """Print the figures; 1 if somebody was dropped, saw another's picture, or memory grew."""
    parser = argparse.ArgumentParser(description="Many sessions that move sliders")
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds for which a picture is looked at, on average")
    asked = parser.parse_args()
    with served("--sessions", str(asked.sessions + 5)) as (address, server):
        found, memory = asyncio.run(visit(address, server, asked.sessions, asked.minutes, asked.pause))
        n_left = health(address)["sessions"]
    before, after, closed = (bytes_ / MEGABYTE for bytes_ in memory)
    grew = after / before
    print(f"{len(found.seconds)} drags, {len(found.seconds) / (60 * asked.minutes):.1f} a second")
    if len(found.seconds) > 1:
        times = sorted(1_000 * seconds for seconds in found.seconds)
        p95 = times[int(0.95 * len(times))]
        print(f"move to whole picture: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, longest {times[-1]:.0f} ms")
    print(f"memory of the server: {before:.0f} MB after warming up, {after:.0f} MB at the end ({grew:.3f} times)")
    print(f"and {closed:.0f} MB when all have left, {n_left} sessions")
    print(f"pictures with another session's setting: {found.n_foreign}; tracebacks: {found.n_tracebacks}")
    print("\n  ".join([f"dropped: {len(found.dropped)}", *found.dropped]))
    is_undisturbed = not (found.dropped or found.n_foreign or found.n_tracebacks or n_left)
    is_well = is_undisturbed and bool(found.seconds) and grew <= GROWTH_ALLOWED
    print("kept" if is_well else "MISSED")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
