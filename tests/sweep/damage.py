"""How many damaged files of a sweep are accepted?

A sweep with weekly curves is kept; then single bits of its files, drawn by a die, are flipped, and files are cut anywhere. A file
is accepted if a sweep that goes on, or a query, would read it.

    python -m tests.sweep.damage [--bits 2000] [--cuts 500]
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from experiments.sweep.ledger import Ledger
from experiments.sweep.verify import verified
from tests.sweep import situations


def accepted(folder: Path, n_bits: int, n_cuts: int) -> list[str]:
    """What was accepted: file and place, of so many bits and so many cuts."""
    situations.sweep(folder, weekly="true", seeds="2")
    die, found = Random(7), []
    paths = sorted(folder.glob("*/*/chunk-*"))
    engine = paths[0].parent.name
    for number in range(n_bits + n_cuts):
        path = paths[number % len(paths)]
        content = path.read_bytes()
        at = die.randrange(8 * len(content))
        flipped = content[: at // 8] + bytes([content[at // 8] ^ 1 << at % 8]) + content[at // 8 + 1 :]
        path.write_bytes(flipped if number < n_bits else content[: at // 8])
        runs = Ledger(folder, engine, is_weekly=True).statuses(path.name)
        if runs or path in verified(folder, path.parents[1].name).whole:
            found.append(f"{path.name}: {'bit' if number < n_bits else 'cut'} {at}")
        path.write_bytes(content)
    return found


def main(words: list[str] | None = None) -> int:
    """Try them and print how many were accepted; 1 if any was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bits", type=int, default=2_000)
    parser.add_argument("--cuts", type=int, default=500)
    asked = parser.parse_args(words)
    with situations.without_simulation(), tempfile.TemporaryDirectory() as scratch:
        found = accepted(Path(scratch), asked.bits, asked.cuts)
    print("\n".join([*found, f"{asked.bits:,} flipped bits and {asked.cuts:,} cuts: {len(found)} accepted"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
