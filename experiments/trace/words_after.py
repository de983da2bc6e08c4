"""What is said of what comes after a visit: an antibiotic, a call, better or not, trust, a contract, a miss come to light?"""

from __future__ import annotations

from agents.units import FEN_PER_YUAN
from experiments.trace.watch import Call
from experiments.trace.words import Scene, chance, date_of, quiet, shown, tells, yuan
from model import ledger
from model.world import EVENT_ALARM, SERIOUS

TRUST_IN = ("ordinary primary care", "accredited doctors", "hospitals")

quiet("resident.trust.trust_when_signed", "resident.sign.trust_when_signed", "hospital.follow_up.p_repaired")


@tells("prescribe_antibiotic", whole=True)
def prescribed(_call: Call, scene: Scene) -> str:
    """An antibiotic or none."""
    seen = scene.find("see_family_doctor")
    need, share = scene.dice.get("needs_antibiotic"), scene.parameter("illness.share_needing_antibiotic")
    if seen is None or need is None or share is None:
        return ""
    is_needed = need < share
    p = seen.rows["doctor"].get("p_needed_antibiotic" if is_needed else "p_unneeded_antibiotic")
    die = scene.dice.get("prescribe")
    is_given = p is not None and die is not None and die < p
    if not (is_given or is_needed):
        return ""
    what = f"{'An' if is_given else 'No'} antibiotic was prescribed, which was {'needed' if is_needed else 'not needed'}"
    return f"{what} ({chance(p, die)})."


@tells("is_repaired_by_call", whole=True)
def called(call: Call, scene: Scene) -> str:
    """A follow-up call, where a serious illness was not sent on."""
    rule = next((inner for inner in call.walk() if inner.is_rule), None)
    found = "found the serious illness" if call.result else "did not find the serious illness"
    return f"The call within 48 hours {found} ({chance(rule.result if rule else None, scene.dice.get('follow_up'))})."


@tells("resident.sign.signs")
def signed(call: Call, _scene: Scene) -> str:
    """A contract with a family doctor."""
    p = call.parameters.get("resident.sign.p_sign")
    return f"The family signed a contract with this provider ({chance(p, call.inputs['die'])})." if call.result else ""


@tells("fall_severely_ill", whole=True)
def severe(_call: Call, _scene: Scene) -> str:
    """Told by its rules."""
    return ""


@tells("fund.cover_severe.cost_yuan")
def severe_cost(call: Call, _scene: Scene) -> str:
    """A severe or rare disease."""
    return f"Fell ill with a severe or rare disease that costs {shown(call.result)} yuan."


@tells("fund.cover_severe.benefit_fen")
def severe_benefit(call: Call, _scene: Scene) -> str:
    """What the plan takes over."""
    own = f"of {yuan(call.inputs['own_fen'])} own payment"
    return f"The plan took over {yuan(call.result or 0)} {own}." if call.result else f"The plan took over nothing {own}."


@tells("wait_for")
def waits(call: Call, scene: Scene) -> str:
    """What the case waits for next."""
    case, day, event = scene.after.get("case", {}), call.inputs["day"], int(call.inputs["event"])
    if case.get("kind") == SERIOUS and case.get("alarm_day", day + 1) <= day:
        day, event = case["alarm_day"], EVENT_ALARM
    what = ("The family will seek care again on", "The appointment is on", "The day of alarm will be")[event]
    where = ", at a hospital" if event == 0 and case.get("is_hospital_only") else ""
    return f"{what} {date_of(day)}{where}."


@tells("miss")
def missed(call: Call, _scene: Scene) -> str:
    """A serious illness was not recognised."""
    return "Nobody had seen the serious illness." if call.inputs["where"] < 0 else "The serious illness was missed."


@tells("is_better", whole=True)
def better(call: Call, scene: Scene) -> str:
    """Whether the visit helped."""
    rule = next((c for c in call.walk() if c.key == "doctor.treat.p_unresolved"), None)
    p, die = rule.result if rule else scene.parameter("doctor.treat.p_specialist_unresolved"), scene.dice.get("resolved")
    by_visit = p is not None and die is not None and die >= p
    if not call.result:
        return f"It did not get better ({chance(p, die)} of that)." if p is not None else "It did not get better."
    return f"It got better ({chance(p, die)} of not)." if by_visit else "It got better by itself."


@tells("resident.trust.trust_after_visit", "resident.trust.trust_after_miss")
def trusted(call: Call, scene: Scene) -> str:
    """How trust moved."""
    remember = next((c for c in scene.walk() if c.key == "set_trust" and c.inputs["value"] == call.result), None)
    kind = TRUST_IN[int(remember.inputs["where"])] if remember else "this kind of provider"
    return f"Trust in {kind} went from {shown(call.inputs['trust'])} to {shown(call.result)}."


@tells("learn_of_miss")
def came_to_light(_call: Call, scene: Scene) -> str:
    """The doctor who missed it hears of it, or not."""
    p, die = scene.parameter("doctor.learn.p_miss_reported"), scene.dice.get("miss_reported")
    case = scene.before.get("case", {})
    if case.get("missed_by", -1) < 0 or p is None or die is None:
        return "That it had been missed came to light."
    return f"Doctor {case['missed_by']} {'heard' if die < p else 'did not hear'} of the miss ({chance(p, die)})."


def own_payments(calls: list[Call]) -> float:
    """What the family paid for care, less what the plan gave back [yuan]."""
    posts = [post.inputs for call in calls for post in call.walk() if post.key == "post"]
    paid = sum(post["fen"] for post in posts if post["payer"] == ledger.HOUSEHOLDS)
    return (paid - sum(post["fen"] for post in posts if post["payee"] == ledger.HOUSEHOLDS)) / FEN_PER_YUAN
