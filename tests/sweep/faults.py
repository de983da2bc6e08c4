"""Does a sweep survive a disk that fails at any of its file operations?

For each situation (see situations.py) the file operations of an undisturbed course are counted. Then, for the n-th of them and each
fault (see shim.py), the situation is made anew, the course is run in a process of its own in which that operation goes wrong, and
afterwards once more without faults. Then the folder must be, to the last bit of its table and to the last file, what the
undisturbed course left: nothing lost, doubled, stuck or left over; and the disturbed course must have ended by itself or in one
line. What only reads a folder must not have changed it.

    python -m tests.sweep.faults [--every 1] [--from 1] [--situation NAME]      every n-th operation only, for a sample
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "ARROW_IO_THREADS"):
    os.environ.setdefault(_threads, "1")  # a process that forks shall have no threads
os.environ.setdefault("NUMBA_DISABLE_JIT", "1")  # nothing is simulated

from tests.sweep import situations  # noqa: E402
from tests.sweep.shim import FAULTS, KILLED, Shim, is_for  # noqa: E402

BAD = ("lost", "doubled", "stuck", "traceback", "unclear", "left over", "changed by reading", "another table")


def in_a_process(action: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What an action answers in a process of its own; `ended` is killed if a fault ended that."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        code = 1
        try:
            answer = json.dumps(action()).encode()
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == KILLED:
        return {"ended": "killed", "line": ""}
    return json.loads(answer) if code == 0 else {"ended": "traceback", "line": f"exit code {code}"}


class Bench:
    """One situation, made again and again in a scratch folder."""

    def __init__(self, scratch: Path, name: str) -> None:
        self.name, self.one = name, situations.SITUATIONS[name]
        self.template, self.place = scratch / "template", scratch / "place"
        shutil.rmtree(self.template, ignore_errors=True)
        self.template.mkdir()
        in_a_process(lambda: {"ended": self.one.found(self.template / "swept")})
        undisturbed = self.disturbed("", 0)
        assert undisturbed["ended"] == "done", undisturbed["line"]
        self.kinds: list[str] = undisturbed["kinds"]
        self.expected = self.finished()
        assert self.expected["ended"] == "done", self.expected["line"]

    def disturbed(self, fault: str, at: int) -> dict[str, Any]:
        """The course with a fault, from the beginning."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.template, self.place)

        def course() -> dict[str, Any]:
            before = situations.bytes_of(self.place) if self.one.is_reading else {}
            with Shim(str(self.place), fault, at) as shim:
                answer = situations.outcome_of(self.one.done, self.place / "swept")
            is_changed = self.one.is_reading and situations.bytes_of(self.place) != before
            return answer | {"kinds": shim.kinds, "is_changed": is_changed}

        return in_a_process(course)

    def finished(self) -> dict[str, Any]:
        """The same course without faults, and what lies in the folder then."""

        def course() -> dict[str, Any]:
            answer = situations.outcome_of(self.one.finished, self.place / "swept")
            return answer if self.one.is_reading else answer | situations.state_of(self.place / "swept")

        return in_a_process(course)

    def judged(self, fault: str, at: int) -> tuple[str, list[str], str]:
        """How the disturbed course ended, what was wrong, and the line that was said."""
        first = self.disturbed(fault, at)
        wrong = [first["ended"]] if first["ended"] in BAD else []
        wrong += ["changed by reading"] if first.get("is_changed") else []
        last = self.finished()
        wrong += [] if last["ended"] == "done" else ["stuck"]
        if last["ended"] == "done" and not self.one.is_reading:
            wrong += ["lost"] if last["n_different"] < self.expected["n_different"] else []
            wrong += ["doubled"] if last["n"] > last["n_different"] else []
            wrong += ["another table"] if last["table"] != self.expected["table"] else []
            wrong += ["left over"] if set(last["files"]) != set(self.expected["files"]) else []
        return first["ended"], wrong, f"{first['line']} | {last['line'] if last['ended'] != 'done' else ''}"


def main(words: list[str] | None = None) -> int:
    """Try them all and print what came of it; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--situation", action="append", choices=list(situations.SITUATIONS), help="of several one each; all")
    asked = parser.parse_args(words)
    names = asked.situation or list(situations.SITUATIONS)
    totals, wrong = Counter[str](), Counter[str]()
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as scratch,
        situations.without_simulation(),
    ):
        situations.get_ready()
        for name in names:
            bench, ended = Bench(Path(scratch), name), Counter[str]()
            for at in range(asked.first, len(bench.kinds) + 1, asked.every):
                for fault in FAULTS:
                    if not is_for(fault, bench.kinds[at - 1]):
                        continue
                    how, found, line = bench.judged(fault, at)
                    ended[how] += 1
                    for one in found:
                        wrong[one] += 1
                        print(f"  {name}, operation {at} ({bench.kinds[at - 1]}), {fault}: {one}: {line}", flush=True)
            totals["operations"] += len(bench.kinds)
            totals["cases"] += sum(ended.values())
            how = ", ".join(f"{n:,} {word}" for word, n in sorted(ended.items()))
            print(f"{name}: {len(bench.kinds)} operations, {sum(ended.values()):,} faults: {how}", flush=True)
    zeros = ", ".join(f"{wrong[name]} {name}" for name in BAD)
    print(f"{totals['operations']:,} operations x {len(FAULTS)} faults in {len(names)} situations, "
          f"{totals['cases']:,} tried: {zeros}")  # fmt: skip
    return int(wrong.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
