"""What is the short answer to a planner's question? Sentences made from verdicts, so that they cannot part from the numbers."""

from collections.abc import Mapping
from math import isnan

from experiments.answers.policy import Question
from experiments.answers.verdict import HIGHER, LOWER, ByReading, Verdict
from experiments.answers.words import figure_of, listed, written

OTHER_WAY = {HIGHER: LOWER, LOWER: HIGHER}
Verdicts = Mapping[str, Verdict]


def short_answer(question: Question, verdicts: Verdicts, effects: ByReading) -> str:
    """A few sentences: is the aim reached whichever reading is true, and at what price? `effects` are those on the aim."""
    aim = verdicts[question.aim]
    others = [name for name in verdicts if name != question.aim]
    worse = [name for name in others if harms(name, verdicts[name])]
    doubtful = [name for name in others if may_harm(name, verdicts[name])]
    price = "all four" if worse else "some of them" if doubtful else ""
    said = [f"**{_lead(question, aim, price)}.**", _on_aim(question, aim, effects)]
    said += [f"For the worse in all four: {_labels(worse)}."] if worse else []
    said += [f"For the worse in some readings only: {_labels(doubtful)}."] if doubtful else []
    said += [] if price else ["No other main figure is shown to get worse in any reading."]
    return " ".join(said)


def _on_aim(question: Question, aim: Verdict, effects: ByReading) -> str:
    """What the aim is, and what was found of it."""
    means = sorted(one.mean for one in effects.values() if not isnan(one.mean))
    ends = [written(question.aim, means[place]) for place in (0, -1)] if means else ["no value"]
    size = f"{' to '.join(ends)} {figure_of(question.aim).unit} over the readings"
    return f"Aim: {figure_of(question.aim).label}, {question.aim_is}. Found: {aim.in_words}, {size}."


def _lead(question: Question, aim: Verdict, price: str) -> str:
    """What all four readings say of the aim; `price` is where other figures get worse."""
    if aim.is_contradicted:
        return "It depends on which reading is true"
    if not aim.is_determined:
        return "Undetermined: shown in some readings only"
    if not aim.direction:
        return "No effect on the aim is shown in any reading"
    if aim.direction != question.aim_is:
        return "The opposite of the aim in all four readings"
    return "The aim is reached in all four readings" + (f", at a price in {price}" if price else "")


def harms(name: str, found: Verdict) -> bool:
    """[bool] Whether all four readings say that the figure gets worse."""
    return found.direction == OTHER_WAY.get(figure_of(name).better, "none")


def may_harm(name: str, found: Verdict) -> bool:
    """[bool] Whether some readings say that the figure gets worse, and others do not."""
    return not found.is_determined and OTHER_WAY.get(figure_of(name).better, "none") in found.says


def _labels(names: list[str]) -> str:
    return listed(figure_of(name).label for name in names)


def by_kind(verdicts: Verdicts) -> list[str]:
    """Lines that sort the figures by what can be said of them; empty ones are left out."""
    kinds: dict[str, list[str]] = {
        "For the better in all four": [], "For the worse in all four": [],
        "Moved in all four, good or bad only together with other figures": [],
        "Undetermined": [], "No difference shown in any": [],
    }  # fmt: skip
    for name, found in verdicts.items():
        label = figure_of(name).label
        kind, text = _kind(name, found), label if not found.direction else f"{label} ({found.direction})"
        kinds[kind].append(text if found.is_determined else f"{label} ({found.details})")
    return [f"- {kind}: {'; '.join(texts)}." for kind, texts in kinds.items() if texts]


def _kind(name: str, found: Verdict) -> str:
    if not found.is_determined:
        return "Undetermined"
    if not found.direction:
        return "No difference shown in any"
    if not figure_of(name).better:
        return "Moved in all four, good or bad only together with other figures"
    return "For the worse in all four" if harms(name, found) else "For the better in all four"
