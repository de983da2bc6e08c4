"""What can be said of a difference whichever reading is true?

Only what all four readings say: higher in all four, lower in all four, or no difference shown in any. Everything else is
undetermined, with what each reading says. A ranking of policies is determined if every pair of them stands the same way
round (or is indistinguishable) in all four; one pair that does not makes it undetermined.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isnan

from experiments.answers.words import written
from experiments.paired import Difference

HIGHER, LOWER, NONE, NO_VALUE = "higher", "lower", "no difference shown", "no value"
IN_ALL, IN_ANY = "in all four", "in any"
UNDETERMINED, THE_SAME = "undetermined", "the same in all four"
ORDER = (HIGHER, LOWER, NONE, NO_VALUE)
ABOVE, LEVEL = " > ", " ≈ "

ByReading = Mapping[str, Difference]


@dataclass(frozen=True)
class Verdict:
    """What four readings come to: `word` is the verdict, `says` which reading says what, by letters."""

    word: str
    says: Mapping[str, tuple[str, ...]]

    @property
    def is_determined(self) -> bool:
        """[bool] Whether all four say the same."""
        return self.word != UNDETERMINED

    @property
    def direction(self) -> str:
        """'higher' or 'lower' where all four say so, else nothing."""
        return next((way for way in (HIGHER, LOWER) if self.is_determined and way in self.says), "")

    @property
    def is_contradicted(self) -> bool:
        """[bool] Whether one reading says higher and another lower."""
        return HIGHER in self.says and LOWER in self.says

    @property
    def details(self) -> str:
        """Which reading says what: 'lower in A, B; no difference shown in C, D'."""
        return "; ".join(f"{what} in {', '.join(letters)}" for what, letters in self.says.items())

    @property
    def in_words(self) -> str:
        """The verdict, with the details where it is undetermined."""
        return self.word if self.is_determined else f"{self.word} ({self.details})"


def said_of(difference: Difference) -> str:
    """What one reading says; a difference that shows no digit that matters is none."""
    if isnan(difference.mean):
        return NO_VALUE
    is_nothing = written(difference.indicator, difference.mean) == "0"
    return NONE if is_nothing else {1: HIGHER, -1: LOWER, 0: NONE}[difference.sign]


def verdict(differences: ByReading, say: Callable[[Difference], str] = said_of) -> Verdict:
    """What the four readings come to; differences go by the letters of the readings, `say` tells what one reading says."""
    said = {letter: say(one) for letter, one in differences.items()}
    says = {what: tuple(letter for letter, word in said.items() if word == what) for what in ORDER if what in said.values()}
    if len(says) > 1:
        return Verdict(UNDETERMINED, says)
    (what,) = says
    return Verdict(f"{what} {IN_ALL if what in (HIGHER, LOWER) else IN_ANY}", says)


@dataclass(frozen=True)
class Ranking:
    """Policies from the highest figure to the lowest in each reading; `reversed_pairs` change places between readings."""

    word: str
    orders: Mapping[str, str]
    reversed_pairs: tuple[tuple[str, str], ...]
    n_pairs_in_doubt: int = 0

    @property
    def in_words(self) -> str:
        """The verdict, with the pairs that change places."""
        if self.word != UNDETERMINED:
            return self.word
        pairs = "; ".join(f"{one} and {other}" for one, other in self.reversed_pairs)
        doubt = f"pairs told apart in some readings only: {self.n_pairs_in_doubt}"
        return f"{self.word} ({pairs} change places; {doubt})" if pairs else f"{self.word} ({doubt})"


Pairs = Mapping[tuple[str, str], ByReading]
"""First minus second for each pair of policies, the pair in the order in which the policies are listed."""


def ranking(policies: Sequence[str], means: Mapping[str, Mapping[str, float]], pairs: Pairs) -> Ranking:
    """How policies rank; `means` go by reading and policy."""
    verdicts = {pair: verdict(pairs[pair]) for pair in combinations(policies, 2)}
    orders = {letter: _order(policies, found, letter, pairs) for letter, found in means.items()}
    turned = tuple(pair for pair, one in verdicts.items() if one.is_contradicted)
    n_in_doubt = sum(not one.is_determined for one in verdicts.values())
    return Ranking(UNDETERMINED if n_in_doubt else THE_SAME, orders, turned, n_in_doubt - len(turned))


def _order(policies: Sequence[str], means: Mapping[str, float], letter: str, pairs: Pairs) -> str:
    """One reading's order by its means; neighbours that luck may have put so are level."""
    ranked = sorted(policies, key=lambda policy: -means[policy])
    groups = [[ranked[0]]]
    for above, below in pairwise(ranked):
        pair = (above, below) if (above, below) in pairs else (below, above)
        if pairs[pair][letter].sign:
            groups.append([below])
        else:
            groups[-1].append(below)
    return ABOVE.join(LEVEL.join(group) for group in groups)
