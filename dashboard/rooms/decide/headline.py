"""What came of the policy, in words and a few figures?

Sentences and figures are those of the last whole picture; they wait while the next one grows. Beside each figure that can be
read as success stand those that it can hide. What the pairs of worlds cannot tell from no change is called so.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import solara

from dashboard import figures
from dashboard.band import FEWEST_FOR_BAND, Picture
from dashboard.picture import Outcome
from dashboard.session import Session
from dashboard.simulation import READY, Stage
from dashboard.texts import Texts
from experiments.interval import mean_and_half_width
from experiments.paired import Difference
from model.indicators import INDICATORS

Writer = Callable[[Texts, float], str]

HEADLINE = ("share_referred", "n_missed_serious_per_1000_serious", "share_self_referred", "fund_reserve_yuan")
"""What the sentence speaks of, in this order."""
SIDE_BY_SIDE: dict[str, tuple[str, ...]] = {
    "share_referred": ("n_missed_serious_per_1000_serious", "share_self_referred"),
    "share_alliance_visits": ("share_true_need", "wait_hours_others"),
    "fund_reserve_yuan": ("own_payment_yuan", "lapse_share"),
}
"""Figures that can be read as success, and beside each what it can hide."""

per_thousand = partial(figures.decimal, digits=0)
WRITERS: dict[str, tuple[Writer, Writer]] = {
    "share_referred": (figures.percent, figures.points),
    "share_true_need": (figures.percent, figures.points),
    "n_missed_serious_per_1000_serious": (per_thousand, partial(per_thousand, signed=True)),
    "share_self_referred": (figures.percent, figures.points),
    "share_alliance_visits": (figures.percent, figures.points),
    "lapse_share": (figures.percent, figures.points),
    "wait_hours_others": (figures.hours, partial(figures.hours, signed=True)),
    "own_payment_yuan": (figures.yuan, partial(figures.yuan, signed=True)),
    "fund_reserve_yuan": (figures.yuan, partial(figures.yuan, signed=True)),
}
"""For each figure shown: how it is written, and how a difference of it is written."""


@solara.component_vue("headline.vue")
def HeadlineCard(said: dict[str, Any]) -> None:
    """The sentences and the figures."""


@solara.component
def Headline(session: Session) -> None:
    """What is known, what is being computed, or what went wrong."""
    texts = Texts(session.language.value)
    whole = session.whole.value
    problem = session.problem.value
    said: dict[str, Any] = {
        "title": texts("page.results"),
        "problem": texts(f"problem.{problem}") if problem in ("simulation", "refused") else "",
        "stage": stage_text(texts, session.stage.value, session.base().n_children),
        "busy": texts("headline.busy"),
    }
    if whole is not None:
        known = session.without_alliance.value
        said |= {
            "run": whole.number,
            "settings": dict(whole.choice.settings),
            "sentence": sentence(texts, whole),
            "change": change(texts, whole)
            if whole.choice.settings or not session.choice.settings
            else texts("headline.simulating"),
            "worlds": worlds_text(texts, whole),
            "done": whole.n_worlds,
            "wanted": whole.choice.n_worlds,
            "insurance": insurance(texts, whole, known[1] if known[0] == whole.base.mark else {}),
            "tiles_title": texts("tile.title", year=whole.base.last_year),
            "hides": texts("tile.hides"),
            "groups": [[tile(texts, whole, name) for name in (first, *others)] for first, others in SIDE_BY_SIDE.items()],
        }
    HeadlineCard(said=said)


def stage_text(texts: Texts, stage: Stage, n_children: int) -> str:
    """Say what the page is busy with before it can show a world, nothing when it is ready."""
    if stage == READY:
        return ""
    children = figures.count(texts, n_children)
    return texts(f"stage.{stage.name}", n_children=children, percent=figures.percent(texts, stage.done, digits=0))


def sentence(texts: Texts, whole: Picture) -> str:
    """Say what a run came to, in counts a person can picture; a changed policy is set against the baseline."""
    words = "policy" if whole.choice.settings else "baseline"
    is_anybody_seen = figures.has_value(whole.policy("share_referred"))
    return texts(
        f"headline.{words}" if is_anybody_seen else f"headline.{words}_nobody_seen",
        year=whole.base.last_year,
        doctors=figures.about(texts, whole.policy("mean_doctors")),
        baseline_doctors=figures.about(texts, whole.baseline("mean_doctors")),
        visits=figures.about(texts, whole.policy("visits_per_week")),
        referrals=figures.about(texts, whole.policy("referrals_per_week")),
        baseline_referrals=figures.about(texts, whole.baseline("referrals_per_week")),
        rate=figures.percent(texts, whole.policy("share_referred")),
        need=figures.percent(texts, whole.policy("share_true_need")),
        missed=figures.about(texts, whole.policy("n_missed_serious_per_1000_serious")),
        baseline_missed=figures.about(texts, whole.baseline("n_missed_serious_per_1000_serious")),
    )


def change(texts: Texts, whole: Picture) -> str:
    """Say in words what the policy changes, and what cannot be told from no change."""
    if not whole.choice.settings:
        return texts("headline.nothing_moved")
    if whole.n_worlds < min(FEWEST_FOR_BAND, max(whole.choice.n_worlds, 2)):
        return texts("headline.one_pair")
    differences = {name: whole.difference(name) for name in HEADLINE}
    told = [moved(texts, found) for found in differences.values() if found.sign]
    alike = [texts(f"headline_name.{name}") for name, found in differences.items() if found.has_value and not found.sign]
    unknown = [texts(f"headline_name.{name}") for name, found in differences.items() if not found.has_value]
    parts = [texts("headline.changes", changes=texts("figure.list_joint").join(told))] if told else []
    if alike:
        parts.append(texts("headline.alike" if told else "headline.all_alike", names=texts("figure.list_joint").join(alike)))
    if unknown:
        parts.append(texts("headline.no_value", names=texts("figure.list_joint").join(unknown)))
    return texts("figure.sentence_joint").join(parts)


def moved(texts: Texts, found: Difference) -> str:
    """Say that a figure rose or fell, by how much, with the interval; the verb has the sign."""
    _, write = WRITERS[found.indicator]
    words = "headline.rises" if found.mean > 0 else "headline.falls"
    low, high = sorted((abs(found.low), abs(found.high)))
    mean, *ends = (size(write(texts, value)) for value in (abs(found.mean), low, high))
    return texts(words, name=texts(f"headline_name.{found.indicator}"), mean=mean, **figures.ends(*ends))


def size(written: str) -> str:
    """Return a written difference without its plus sign."""
    return written.removeprefix("+")


def worlds_text(texts: Texts, whole: Picture) -> str:
    """Say how many pairs of worlds the picture rests on, and what an interval covers."""
    return texts("headline.worlds_one" if whole.n_worlds == 1 else "headline.worlds", done=whole.n_worlds)


def tile(texts: Texts, whole: Picture, name: str) -> dict[str, str]:
    """Return one figure: the policy's, the baseline's, how far they are apart and how sure that is."""
    write, write_difference = WRITERS[name]
    found = whole.difference(name)
    return {
        "name": texts(f"tile.{name}"),
        "value": write(texts, whole.policy(name)),
        "baseline": texts("tile.baseline", value=write(texts, whole.baseline(name))),
        "difference": difference_text(texts, found, write_difference),
        "indicator": name,
        "why": texts("tile.why", name=texts(f"tile.{name}")),
        "means": texts(
            "tile.means", meaning=texts.indicator(name, "meaning") if texts.language != "en" else INDICATORS[name].definition
        ),
    }


def difference_text(texts: Texts, found: Difference, write: Writer) -> str:
    """Say how far policy and baseline are apart, with the 95 % interval where there is one."""
    if not found.has_value:
        return figures.no_value(texts)
    if math.isclose(found.mean, 0, abs_tol=1e-12) and not found.high > 0:
        return texts("tile.same")
    if not found.has_interval:
        return texts("tile.difference", value=write(texts, found.mean))
    key = "tile.difference_between" if found.sign else "tile.not_distinguishable"
    return texts(key, value=write(texts, found.mean), **figures.ends(write(texts, found.low), write(texts, found.high)))


def insurance(texts: Texts, whole: Picture, without: dict[int, Outcome]) -> str:
    """Say what basic insurance pays, and how much more or less that is than without an alliance."""
    year = whole.base.last_year
    policy = figures.yuan(texts, whole.policy("basic_insurance_yuan"))
    seeds = [seed for seed in whole.choice.seeds[: whole.n_worlds] if seed in without]
    if not seeds:
        return texts("headline.insurance_pending", year=year, policy=policy)
    pairs = zip(whole.choice.seeds, whole.outcomes, strict=False)
    apart = [one["basic_insurance_yuan"] - without[seed]["basic_insurance_yuan"] for seed, one in pairs if seed in without]
    mean, half = mean_and_half_width(apart)
    between = (
        ""
        if not figures.has_value(half)
        else texts(
            "headline.between",
            **figures.ends(figures.yuan(texts, mean - half, signed=True), figures.yuan(texts, mean + half, signed=True)),
        )
    )
    words = "alike" if abs(mean) <= half else "more" if mean > 0 else "less"
    difference = figures.yuan(texts, abs(mean))
    return texts(f"headline.insurance_{words}", year=year, policy=policy, difference=difference, between=between)
