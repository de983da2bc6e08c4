"""Does every room say numbers or a plain "no value", whatever the scenario and wherever a lever stands?

    python -m tests.dashboard.walk             every scenario x room x end of each lever
    python -m tests.dashboard.walk --only huaxi --levers 3

Nobody's browser: a room is made as the page makes it, its work done at once, and everything that its parts would be sent is
read: texts, tables, what ECharts draws. A room may refuse a policy in words; it may not fail, log an error, or hand over what is
no number. Small worlds, since what is looked for depends on what has no value and not on how many children there are.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from dashboard import worlds
from dashboard.choice import Choice, Settings, lever
from dashboard.rooms.library.shelves import found_scenarios
from dashboard.texts import LANGUAGES
from dashboard.uploads import OWN
from dashboard.worlds import Base
from experiments.district_template import write_template
from model.parameters import declarations
from model.scenario import load_scenario
from model.settings import is_of_the_beginning
from tests.dashboard.walked import PASS_RATE, State, at_once, walk_state

N_CHILDREN = 400
RUIN: Settings = (("fund.plan.covered_share", 0.9), ("fund.plan.premium_yuan", 40.0), ("government.subsidise.yuan_per_year", 0.0))
"""The fund's plan ends: too dear for its premium."""


def shipped(folder: Path) -> list[Base]:
    """Every scenario of the folder: the case, the readings, the made-up district; with small worlds."""
    found = [one.base for one in found_scenarios() if one.base is not None]
    return [one if one.scenario.district is None else thinned(one.name, folder) for one in found]


def thinned(name: str, folder: Path) -> Base:
    """A district of the folder with as few children as the other scenarios have here."""
    shutil.copytree(worlds.SCENARIOS, folder, dirs_exist_ok=True)
    n_before = worlds.base(name).n_children
    keep_few(folder / "districts" / name / "communities.csv", N_CHILDREN / n_before)
    return worlds.base_of(f"{OWN}{name}", load_scenario(folder / f"{name}.toml"))


def of_200_children(folder: Path) -> Base:
    """A district of some 200 children: the template with a fortieth of its own."""
    place = folder / "template"
    write_template(place)
    keep_few(place / "communities.csv", 200 / 8020)
    return worlds.base_of(f"{OWN}of-200", load_scenario(place / "district.toml"))


def keep_few(communities: Path, share: float) -> None:
    """Leave this share of the children in each community, and one at least."""
    with communities.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    counted = [place for place, name in enumerate(head) if name.startswith("children_")]
    for row in rows:
        for place in counted:
            row[place] = str(math.ceil(int(row[place]) * share))
    with communities.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def ruined() -> Base:
    """The case with a fund that ends."""
    return worlds.base_of(f"{OWN}ruined", worlds.base().scenario.with_settings(dict(RUIN)))


def bases(folder: Path) -> list[Base]:
    """Every scenario that is walked."""
    return [*shipped(folder), of_200_children(folder), ruined()]


def levers() -> list[str]:
    """Every lever that a policy can move, the pass rate first."""
    keys = [key for key, one in declarations().items() if one.role == "lever" and not is_of_the_beginning(key)]
    return sorted(keys, key=lambda key: key != PASS_RATE)


def ends(base: Base, key: str) -> list[Settings]:
    """A lever at either end; where the scenario stands there already, without it."""
    declared = lever(base.scenario, key)
    return [Choice().with_setting(key, end, base.scenario).settings for end in (declared.low, declared.high)]


def states(base: Base, keys: list[str]) -> Iterator[State]:
    """A scenario as it is, in one world and in three; the pass rate's ends in three, each other lever's in one."""
    yield from (State(base), State(base, (), 3))
    for key in keys:
        yield from (State(base, settings, 3 if key == PASS_RATE else 1) for settings in ends(base, key))


@contextmanager
def small_world(n_children: int = N_CHILDREN) -> Iterator[Path]:
    """Every scenario has so few children, and no sweep lies about."""
    worlds.base.cache_clear()
    with tempfile.TemporaryDirectory(prefix="alliance-walk-") as folder:
        said = {"ALLIANCE_CHILDREN": str(n_children), "ALLIANCE_SWEEPS": f"{folder}/sweeps"}
        try:
            with patch.dict(os.environ, said):
                yield Path(folder)
        finally:
            worlds.base.cache_clear()


def main(arguments: list[str]) -> int:
    """Walk, and print how many combinations of scenario, room and end of a lever there were and what failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.dashboard.walk", description="Walk every scenario x room x end of each lever."
    )
    parser.add_argument("--only", nargs="*", help="scenarios (all)")
    parser.add_argument("--levers", type=int, help="only so many levers, the pass rate first (all)")
    asked = parser.parse_args(arguments)
    n_rooms, faults, began = 0, [], time.monotonic()
    with small_world() as folder, at_once() as errors:
        for base in bases(folder):
            if asked.only and base.name not in asked.only:
                continue
            for n, state in enumerate(states(base, levers()[: asked.levers])):
                walked, found = walk_state(state, list(LANGUAGES)[n % 2], errors)
                n_rooms += walked
                faults += found
                for fault in found:
                    print(fault, flush=True)
            print(f"{base.name}: {n_rooms} combinations so far, {len(faults)} failed, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{n_rooms} combinations of scenario, levers and room walked, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
