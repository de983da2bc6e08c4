"""Does the server let go what twenty people who walked through every room have looked at?

    python benchmarks/rooms.py                                          20 visitors, all children
    ALLIANCE_CHILDREN=9000 python benchmarks/rooms.py --visitors 5

Each visitor moves a lever to a value of his own, goes through every room and waits until it shows what it has to say, asks for
one lesson, opens another scenario of the Library in Decide, and comes back to the case. The memory is that of the server's process:
when its first worlds are there (start), with all pages open and a picture in each (warm), when everybody has walked (end), when all
but one page have been idle for long and were let go (idle), and when all have left (left). It may end at 1.3 times what it was when
warm.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
from visitor import DroppedError, Visitor, health, served

from dashboard.rooms import ROOMS

ALLOWED = 1.3
MEGABYTE = 1024 * 1024
LONGEST_ROOM, LONGEST_WARMING, LOOK = 900.0, 1_800.0, 0.25
QUIET_LOOKS = 6
"""So many looks without news and without a bar that grows: the room says what it has to say."""
IDLE_SECONDS, LONGEST_LEAVING = 30.0, 180.0
OTHERS = ("loose_alliance", "mature_alliance", "no_alliance", "qinghe")


async def walk(visitor: Visitor, number: int) -> None:
    """Go through every room as a person does who has one policy in mind; raises DroppedError."""
    lever = visitor.levers[0]
    await visitor.move(lever, lever.low + (lever.high - lever.low) * (number + 1) / 40, LONGEST_ROOM)
    for room in ROOMS:
        await visitor.say_to("event_go", room, beside="event_visit")
        await settled(visitor)
        if room == "learn":
            await one_lesson(visitor, number)
        if room == "library":
            await another_scenario(visitor, number)
    await visitor.say_to("event_go", ROOMS[0], beside="event_visit")
    await settled(visitor)


async def one_lesson(visitor: Visitor, number: int) -> None:
    """Take a lesson and have it simulated."""
    lessons = visitor.widgets[await visitor.part_that_hears("event_guide")]["listed"]
    await visitor.say_to("event_take", lessons[number % len(lessons)]["name"], beside="event_guide")
    await settled(visitor)
    options = visitor.widgets[await visitor.part_that_hears("event_run")]["lesson"]["options"]
    if options:
        await visitor.say_to("event_choose", options[0]["name"], beside="event_run")
        await settled(visitor)
        await visitor.say_to("event_run", None)
        await settled(visitor)


async def another_scenario(visitor: Visitor, number: int) -> None:
    """Look at another scenario, and come back to the case with the same levers."""
    await visitor.say_to("event_enter", OTHERS[number % len(OTHERS)], beside="event_keep")
    await settled(visitor)
    await visitor.say_to("event_step", "undo", beside="event_visit")
    await settled(visitor)


async def settled(visitor: Visitor) -> None:
    """Wait until nothing is under way in the room and no news come; raises DroppedError."""
    until, n_quiet, before = time.monotonic() + LONGEST_ROOM, 0, -1
    while n_quiet < QUIET_LOOKS:
        if visitor.is_over or time.monotonic() > until:
            raise DroppedError("the room never said what it has to say")
        await asyncio.sleep(LOOK)
        n_quiet = n_quiet + 1 if visitor.n_messages == before and not visitor.waits else 0
        before = visitor.n_messages


async def visit(address: str, server: subprocess.Popen[bytes], n_visitors: int) -> tuple[dict[str, float], list[str]]:
    """Have everybody walk; the server's memory [MB] at each stage, and what went wrong."""
    process, memory = psutil.Process(server.pid), {}

    def note(stage: str) -> None:
        memory[stage] = process.memory_info().rss / MEGABYTE
        print(f"{stage:6} {memory[stage]:6.0f} MB, {health(address)['sessions']} sessions", flush=True)

    await until_so(lambda: health(address)["warm"], LONGEST_WARMING)
    note("start")
    visitors = [Visitor(address) for _ in range(n_visitors)]
    for visitor in visitors:
        await visitor.open()
        await visitor.first_picture(LONGEST_ROOM)
    await asyncio.gather(*(settled(visitor) for visitor in visitors))
    note("warm")
    walked = await asyncio.gather(*(walk(visitor, n) for n, visitor in enumerate(visitors)), return_exceptions=True)
    wrong = [f"visitor {n}: {error}" for n, error in enumerate(walked) if error is not None]
    note("end")
    wrong += [f"{visitor.n_tracebacks} tracebacks" for visitor in visitors if visitor.n_tracebacks]
    await leave_idle(address, visitors)
    note("idle")
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    await until_so(lambda: health(address)["sessions"] == 0, LONGEST_LEAVING)
    await asyncio.sleep(IDLE_SECONDS)  # the server tidies up once in a while
    note("left")
    return memory, wrong


async def leave_idle(address: str, visitors: list[Visitor]) -> None:
    """Wait until the server has let go all who do nothing, while the first visitor goes on."""
    until = time.monotonic() + LONGEST_LEAVING + IDLE_SECONDS
    while health(address)["sessions"] > 1 and time.monotonic() < until:
        await visitors[0].say_to("event_go", ROOMS[0], beside="event_visit")
        await asyncio.sleep(2)
    await asyncio.sleep(IDLE_SECONDS)


async def until_so(is_so: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so; raises DroppedError."""
    until = time.monotonic() + seconds
    while not await asyncio.to_thread(is_so):
        if time.monotonic() > until:
            raise DroppedError("the server never came so far")
        await asyncio.sleep(1)


def main() -> int:
    """Print the figures; 1 if somebody was dropped, saw a traceback, or memory grew by more than is allowed."""
    parser = argparse.ArgumentParser(description="Many visitors walk through every room")
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--idle-seconds", type=float, default=LONGEST_ROOM)
    asked = parser.parse_args()
    places = str(asked.visitors + 2)
    options = ("--sessions", places, "--per-address", places, "--idle-seconds", str(asked.idle_seconds))
    with served(*options) as (address, server):
        memory, wrong = asyncio.run(visit(address, server, asked.visitors))
    grew = {stage: memory[stage] / memory["warm"] for stage in ("end", "idle", "left")}
    print(json.dumps({"memory_mb": memory, "times_warm": grew}))
    print("\n  ".join([f"went wrong: {len(wrong)}", *wrong]))
    is_kept = not wrong and max(grew.values()) <= ALLOWED
    print("kept" if is_kept else "MISSED")
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
