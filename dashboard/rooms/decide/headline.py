"""What came of the policy, in words and a few figures?

Sentences and figures are those of the last whole picture; they wait while the next one grows. What got worse comes first, the
worst of it at the head, and no word is said before it is settled (dashboard/judged.py). Beside each figure that can be read as
success stand those that it can hide, and below all of them what a policy can break.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import solara

from dashboard import figures
from dashboard.band import Picture
from dashboard.heard import component_vue
from dashboard.judged import Judged, are_settled, judged
from dashboard.picture import Outcome
from dashboard.rooms.decide.first_figures import HEADLINE, SHORT, WRITERS, Writer, level_text, side_by_side
from dashboard.session import Session
from dashboard.simulation import READY, Stage
from dashboard.texts import Texts
from experiments.interval import mean_and_half_width
from experiments.paired import Difference
from experiments.subjects import BETTER, MAY_BREAK
from model.indicators import INDICATORS


@component_vue("headline.vue")
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
            "groups": groups(texts, whole),
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
        **{f"policy_{name}": level_text(texts, name, [one[name] for one in whole.outcomes]) for name in MAY_BREAK},
        **{f"baseline_{name}": level_text(texts, name, [one[name] for one in whole.baseline_outcomes]) for name in MAY_BREAK},
    )


def change(texts: Texts, whole: Picture) -> str:
    """Say line by line what the policy makes worse, the worst first, what better, and what cannot be told from no change."""
    if not whole.choice.settings:
        return texts("headline.nothing_moved")
    if not whole.is_complete:
        return texts("headline.still", done=whole.n_worlds, wanted=whole.choice.n_worlds)
    if not are_settled(whole.n_worlds, whole.choice.n_worlds):
        return texts("headline.one_pair")
    parts: dict[str, list[str]] = {"worse": [], "better": [], "moved": [], "same": [], "alike": [], "no_value": []}
    for name in HEADLINE:
        found = whole.difference(name)
        said = judged(found, partial(WRITERS[name][1], texts))
        parts[kind_of(name, said)].append(moved(texts, whole, found) if said.is_told else texts(f"headline_name.{name}"))
    joint = texts("figure.list_joint")
    told = [texts(f"headline.{kind}", changes=joint.join(names)) for kind, names in parts.items() if names]
    return "\n".join(told)


def kind_of(name: str, said: Judged) -> str:
    """Return whether a figure moved for the worse, for the better or for either, or why it is not said to have moved."""
    if not said.is_told:
        return {Judged.SAME: "same", Judged.NO_VALUE: "no_value"}.get(said, "alike")
    better = BETTER.get(name)
    return "moved" if better is None else "better" if better == said.value else "worse"


def moved(texts: Texts, whole: Picture, found: Difference) -> str:
    """Say that a figure rose or fell, by how much, and to what; the verb has the sign, the tiles have the interval."""
    name = found.indicator
    level = level_text(texts, name, [one[name] for one in whole.outcomes])
    return texts(
        "headline.rises" if found.mean > 0 else "headline.falls",
        name=texts(f"headline_name.{name}"),
        mean=WRITERS[name][1](texts, abs(found.mean)).removeprefix("+"),
        level=texts("headline.seen_in" if name == SHORT else "headline.to_level", level=level),
    )


def worlds_text(texts: Texts, whole: Picture) -> str:
    """Say how many pairs of worlds the picture rests on, and what an interval covers."""
    return texts("headline.worlds_one" if whole.n_worlds == 1 else "headline.worlds", done=whole.n_worlds)


def groups(texts: Texts, whole: Picture) -> list[list[dict[str, Any]]]:
    """Return the tiles as they stand together."""
    return [
        [{"hides": part.hides, "tiles": [tile(texts, whole, name) for name in part.names]} for part in group]
        for group in side_by_side(texts)
    ]


def tile(texts: Texts, whole: Picture, name: str) -> dict[str, str]:
    """Return one figure: the policy's, the baseline's, how far they are apart and how sure that is."""
    found, write = whole.difference(name), WRITERS[name][1]
    said = judged(found, partial(write, texts), is_settled=whole.is_complete)
    apart = apart_text(texts, found, write, said)
    policy, baseline = (level_text(texts, name, [one[name] for one in side]) for side in (whole.outcomes, whole.baseline_outcomes))
    return {
        "name": texts(f"tile.{name}"),
        "value": policy,
        "baseline_value": baseline,
        "baseline": texts("tile.baseline", value=baseline),
        "apart": apart,
        "difference": texts("tile.difference", value=apart) if said.is_told or said is Judged.ONE_WORLD else apart,
        "indicator": name,
        "why": texts("tile.why", name=texts(f"tile.{name}")),
        "means": texts(
            "tile.means", meaning=texts.indicator(name, "meaning") if texts.language != "en" else INDICATORS[name].definition
        ),
    }


def apart_text(texts: Texts, found: Difference, write: Writer, said: Judged) -> str:
    """Say how far policy and baseline are apart, with the 95 % interval where there is one."""
    if said is Judged.NO_VALUE:
        return figures.no_value(texts)
    if said is Judged.SAME:
        return texts("tile.same")
    mean = write(texts, found.mean)
    if not found.has_interval:
        return texts("tile.so_far_one", value=mean) if said is Judged.OPEN else mean
    keys = {Judged.OPEN: "tile.so_far", Judged.ALIKE: "tile.not_distinguishable"}
    return texts(keys.get(said, "tile.between"), value=mean, **figures.ends(write(texts, found.low), write(texts, found.high)))


def insurance(texts: Texts, whole: Picture, without: dict[int, Outcome]) -> str:
    """Say what basic insurance pays, and how much more or less that is than without an alliance."""
    year = whole.base.last_year
    policy = figures.yuan(texts, whole.policy("basic_insurance_yuan"))
    seeds = [seed for seed in whole.choice.seeds[: whole.n_worlds] if seed in without]
    if len(seeds) < whole.choice.n_worlds:
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
    found = Difference("basic_insurance_yuan", mean, mean - half, mean + half, len(apart))
    said = judged(found, partial(figures.yuan, texts, signed=True))
    words = "alike" if said in (Judged.SAME, Judged.ALIKE) else "more" if mean > 0 else "less"
    difference = figures.yuan(texts, abs(mean))
    return texts(f"headline.insurance_{words}", year=year, policy=policy, difference=difference, between=between)
