"""How is a kept policy named, renamed, removed?

Names are typed by visitors and stand in the address of the page, where `|` separates a name from what it stands for. At most
six policies are kept: a seventh is refused rather than pushing out one that somebody may miss.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.address import LONGEST_NAME
from dashboard.choice import MOST_KEPT, Choice, Kept, Settings, refusal
from dashboard.session import Session
from dashboard.texts import Texts
from model.scenario import Scenario

SHARED_MARK = "|"
EXAMPLES: dict[str, dict[str, float]] = {
    "example_reward": {"fund.pay.yuan_per_avoided_referral": 200},
    "example_pass": {"hospital.accredit.pass_rate": 0.8},
    "example_both": {"fund.pay.yuan_per_avoided_referral": 200, "hospital.accredit.pass_rate": 0.8},
}
"""Policies to begin with, by the key of their name: two levers of the case, and both together."""


def cleaned(name: object) -> str:
    """Return a typed name as it is kept: printable, on one line, not too long; nothing for what is no text."""
    if not isinstance(name, str):
        return ""
    printable = "".join(one if one.isprintable() else " " for one in name[: 4 * LONGEST_NAME].replace(SHARED_MARK, "/"))
    return " ".join(printable.split())[:LONGEST_NAME].strip()


def suggested(texts: Texts, choice: Choice) -> str:
    """Return the first name with a number that no kept policy has."""
    taken = {one.name for one in choice.kept}
    names = (texts("compare_keep.suggested", n=n) for n in range(1, MOST_KEPT + 2))
    return next(name for name in names if name not in taken)


def kept_as(choice: Choice) -> str:
    """Return under which name the present policy is kept already, nothing if it is not."""
    return next((one.name for one in choice.kept if (one.scenario, one.settings) == (choice.scenario, choice.settings)), "")


def keep(session: Session, texts: Texts, typed: object) -> str:
    """Keep the present policy, under a name of its own if none was typed; return the key of what to say, '' when it is done."""
    name = cleaned(typed) or suggested(texts, session.choice)
    if name in {one.name for one in session.choice.kept}:
        return "taken"
    if len(session.choice.kept) >= MOST_KEPT:
        return "full"
    if refusal(session.base().scenario, session.choice.settings):
        return "refused"
    session.keep(name)
    return ""


def rename(session: Session, old: object, typed: object) -> None:
    """Give a kept policy another name; a name that is empty or taken changes nothing."""
    name, kept = cleaned(typed), session.choice.kept
    names = {one.name for one in kept}
    if not isinstance(old, str) or old not in names or not name or name in names:
        return
    for place in ("compare_reference", "compare_why"):
        if session.place(place).peek() == old:
            session.place(place).set(name)
    _take(session, tuple(replace(one, name=name) if one.name == old else one for one in kept))


def remove(session: Session, name: object) -> None:
    """Keep a policy no longer; it can be undone like every step."""
    left = tuple(one for one in session.choice.kept if one.name != name)
    if len(left) < len(session.choice.kept):
        _take(session, left)


def load(session: Session, name: object) -> None:
    """Open a kept policy in the room Decide."""
    found = next((one for one in session.choice.kept if one.name == name), None)
    if found is not None:
        session.open(found.scenario, found.settings)


def begin_with_examples(session: Session, texts: Texts) -> None:
    """Keep policies to begin with, of the scenario that is looked at, where none is kept yet."""
    choice, scenario = session.choice, session.base().scenario
    found = [Kept(texts(f"compare.{name}"), choice.scenario, settings_of(scenario, given)) for name, given in EXAMPLES.items()]
    if not choice.kept:
        _take(session, tuple(one for one in found if not refusal(scenario, one.settings)))


def settings_of(scenario: Scenario, given: dict[str, float]) -> Settings:
    """Return levers as a choice holds them: within their ranges, without those that the scenario has anyway."""
    choice = Choice()
    for key, value in given.items():
        choice = choice.with_setting(key, value, scenario)
    return choice.settings


def _take(session: Session, kept: tuple[Kept, ...]) -> None:
    session.change(replace(session.choice, kept=kept))
