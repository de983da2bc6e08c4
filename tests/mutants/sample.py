"""Which of all mutants are tried?

A stratified sample with a fixed seed: every rule file gets `LEAST` (or all it has), and what is left goes to files in
proportion to how many mutants they have. Within a file the sample is simple and depends on the seed and the file's name only.
"""

import random

from tests.mutants.mutate import Mutant

LEAST = 3


def shares(sizes: dict[str, int], number: int) -> dict[str, int]:
    """How many mutants each rule file gets; they add up to `number`, or to all there are."""
    number = min(number, sum(sizes.values()))
    least = min(LEAST, number // max(1, len(sizes)))
    given = {rule: min(least, size) for rule, size in sizes.items()}
    left = max(0, number - sum(given.values()))
    room = {rule: size - given[rule] for rule, size in sizes.items()}
    wanted = {rule: left * room[rule] / max(1, sum(room.values())) for rule in sizes}
    given = {rule: given[rule] + int(wanted[rule]) for rule in sizes}
    by_remainder = sorted(sizes, key=lambda rule: (int(wanted[rule]) - wanted[rule], rule))
    for rule in by_remainder[: max(0, number - sum(given.values()))]:
        given[rule] += 1
    return given


def sampled(mutants: list[Mutant], seed: int, number: int) -> list[Mutant]:
    """The mutants that are tried, in the order of files and lines."""
    by_rule: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_rule.setdefault(mutant.rule, []).append(mutant)
    given = shares({rule: len(of_rule) for rule, of_rule in by_rule.items()}, number)
    chosen = [
        mutant
        for rule, of_rule in sorted(by_rule.items())
        for mutant in random.Random(f"{seed} {rule}").sample(of_rule, given[rule])
    ]
    return sorted(chosen, key=lambda mutant: (mutant.rule, mutant.line, mutant.id))
