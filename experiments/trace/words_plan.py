"""What is said of a family and the plan: whether it joined, stayed, left?"""

from __future__ import annotations

from experiments.trace.watch import Call
from experiments.trace.words import Scene, came_true, chance, quiet, shown, tells

quiet("resident.join.willingness_yuan", "resident.join.p_consider", "resident.join.security_yuan")


def _worth(call: Call) -> str:
    return (
        f"membership was worth {shown(call.inputs['willingness'])} yuan to it, the premium is {shown(call.inputs['premium_yuan'])}"
    )


@tells("resident.join.p_join")
def joined(call: Call, scene: Scene) -> str:
    """A household that considers the plan."""
    die = scene.dice.get("join")
    verb = "joined the plan" if came_true(call.result, die) else "considered the plan and did not join"
    return f"The family {verb}: {chance(call.result, die)} ({_worth(call)})."


@tells("resident.join.p_lapse")
def renewed(call: Call, scene: Scene) -> str:
    """A member household in its month of renewal."""
    die = scene.dice.get("lapse")
    verb = "left the plan at its renewal" if came_true(call.result, die) else "renewed its membership"
    return f"The family {verb}: {chance(call.result, die)} of leaving ({_worth(call)})."


@tells("resident.sign.p_leaves")
def kept_contract(call: Call, scene: Scene) -> str:
    """A contract with a family doctor that ends this month."""
    die = scene.dice.get("unsign")
    verb = "ended its contract with the provider" if came_true(call.result, die) else "renewed its contract"
    return f"The family {verb}: {chance(call.result, die)} of leaving."


@tells("tell_friends")
def heard(call: Call, _scene: Scene) -> str:
    """What friends told."""
    before, after = call.changes.get("trust_alliance", (0, 0))
    return f"What friends told moved trust in accredited doctors from {shown(before)} to {shown(after)}." if before != after else ""


@tells("resident.hear.trust_after_closure")
def closed(call: Call, _scene: Scene) -> str:
    """The plan is closed."""
    return f"The plan was closed: trust in accredited doctors fell from {shown(call.inputs['trust'])} to {shown(call.result)}."


@tells("resident.bear_cost.is_catastrophic")
def burdened(call: Call, _scene: Scene) -> str:
    """A year of catastrophic own payments."""
    share = call.inputs["own_yuan"] / call.inputs["income_yuan"]
    of = f"{shown(call.inputs['own_yuan'])} yuan, {100 * share:.1f} % of its income"
    return f"The year's own payments were catastrophic for the family: {of}." if call.result else ""
