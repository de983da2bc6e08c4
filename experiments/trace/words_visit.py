"""What is said of an illness: how it began, where the family went, what happened there?"""

from __future__ import annotations

from experiments.trace.watch import Call
from experiments.trace.words import KINDS_OF_ILLNESS, Scene, came_true, chance, count, date_of, quiet, shown, tells, yuan
from model import ledger
from model.choice import SHIFT
from model.tables import gumbel
from model.world import SERIOUS

PAYERS = {"own_payment": "the family", "own_inpatient": "the family", "basic_outpatient": "basic insurance",
          "basic_inpatient": "basic insurance", "covered_visit": "the fund"}  # fmt: skip

quiet(
    "resident.seek_care.perceived_severity", "doctor.treat.p_unresolved", "doctor.treat.days_until_back", "fund.plan.is_covered",
    "fund.plan.covered_fen", "government.reimburse.outpatient_fen", "government.reimburse.inpatient_fen",
    "centre.wait.has_room", "hospital.admit.has_green_number", "doctor.refer.discriminability",
    "government.reimburse.share_of_level",
    "government.reimburse.with_referral",
    "hospital.admit.days_in_ordinary_queue", "doctor.record_referral.p_recorded",
)  # fmt: skip


@tells("open_case", whole=True)
def illness(_call: Call, scene: Scene) -> str:
    """A new illness with what was settled about it."""
    case = scene.after.get("case", {})
    kind = int(case["kind"])
    alarm = f", day of alarm {date_of(case['alarm_day'])}" if kind == SERIOUS else ""
    return f"Fell ill: {KINDS_OF_ILLNESS[kind]} (complexity {shown(case['complexity'])}{alarm})."


@tells("resident.seek_care.p_seek")
def sought(call: Call, scene: Scene) -> str:
    """Whether the family sought care at once."""
    die = scene.dice.get("seek")
    has = came_true(call.result, die)
    looks = f"it looked {shown(call.inputs['severity'])} severe and a visit would cost {shown(call.inputs['own_yuan'])} yuan"
    verb = "The family sought care" if has else "The family did not seek care"
    return f"{verb}: {chance(call.result, die)} ({looks})."


@tells("come_back", whole=True)
def back(call: Call, scene: Scene) -> str:
    """A case whose day has come."""
    begun = scene.before.get("case", {}).get("onset_day", scene.day)
    event = (
        ""
        if (call.result or 0) < 0
        else ("The child was brought again", "Came to the appointment", "The day of alarm")[int(call.result or 0)]
    )
    return f"{event}, {count(scene.day - begun, 'day')} into the illness." if event else "Left the register, still ill."


@tells("best_alternative", whole=True)
def choice(call: Call, scene: Scene) -> str:
    """The alternatives with room, by utility."""
    luck, total = lucks(call), utilities(call)
    full = sum(c.key == "is_open" and not c.result for c in call.calls)
    ranked = sorted(total, key=lambda key: -total[key])
    some_full = f" {count(full, 'alternative was', 'alternatives were')} full." if full else ""
    if not ranked:
        return "Every provider was full."
    first, *others = ranked
    listed = ", ".join(f"{scene.names.provider(key)} {shown(total[key])}" for key in others[:2])
    besides = f"; next {listed}" if listed else ""
    name = scene.names.provider(first)
    return f"Chose {name}: utility {shown(total[first])}, of it luck {shown(luck[first])}{besides}.{some_full}"


def lucks(choice: Call) -> dict[int, float]:
    """The Gumbel die of each alternative with room, by the key of the provider [utils]."""
    table = gumbel()
    return {int(c.inputs["n"]): float(table[int(c.result or 0) >> int(SHIFT)]) for c in choice.walk() if c.purpose == "choice"}


def utilities(choice: Call) -> dict[int, float]:
    """The utility of each alternative with room, its die included, by the key of the provider [utils]."""
    luck = lucks(choice)
    tried = [c for c in choice.calls if c.key == "systematic_utility"]
    return {int(c.inputs["key"]): float(c.result or 0.0) + luck[int(c.inputs["key"])] for c in tried}


@tells("find_all_full", whole=True)
def turned_away(call: Call, _scene: Scene) -> str:
    """No room anywhere."""
    again = next((c for c in call.walk() if c.key == "wait_for"), None)
    return f"They will try again on {date_of(again.inputs['day'])}." if again else "The family gave up."


@tells("pay_visit", "pay_admission", whole=True)
def paid(call: Call, _scene: Scene) -> str:
    """Who paid what."""
    posted = [c for c in call.walk() if c.key == "post"]
    parts = []
    for post in posted:
        reason = ledger.REASONS[int(post.inputs["reason"])]
        parts.append(f"{PAYERS.get(reason, reason.replace('_', ' '))} {yuan(post.inputs['fen'])}")
    what = "the admission" if call.key == "pay_admission" else "the visit"
    return f"For {what} of {yuan(call.inputs['price_fen'])} paid {', '.join(parts)}."


@tells("whose_turn")
def turn(call: Call, _scene: Scene) -> str:
    """Who is free at a centre."""
    return f"It was doctor {call.result}'s turn."


@tells("doctor.refer.asks_for_hospital")
def asked(call: Call, _scene: Scene) -> str:
    """A family that asks to be sent."""
    return "The family asked to be sent to the hospital." if call.result else ""


@tells("doctor.refer.p_sent")
def judged(call: Call, scene: Scene) -> str:
    """Whether the doctor sends the child on."""
    die = scene.dice.get("triage")
    is_sent = came_true(call.result, die)
    seen = scene.find("see_family_doctor")
    doctor = seen.rows["doctor"] if seen else {}
    who = f"Doctor {int(seen.inputs['doctor_row'])}" if seen else "The doctor"
    holds = "accredited" if doctor.get("is_accredited") else "not accredited"
    numbers = f"skill {shown(doctor.get('skill'))}, d' {shown(call.inputs['d_prime'])}"
    verb = "sent the child to the hospital" if is_sent else "did not send the child on"
    return f"{who} ({holds}, {numbers}) {verb}: {chance(call.result, die)}."


@tells("send")
def sent(_call: Call, scene: Scene) -> str:
    """Recorded or not, heeded or not."""
    rule = scene.find("doctor.record_referral.p_recorded")
    seen = scene.find("see_family_doctor")
    p = rule.result if rule else seen.rows["doctor"].get("p_recorded") if seen else None
    die = scene.dice.get("record")
    is_recorded = die is not None and p is not None and die < p
    key = "resident.seek_care.p_heeds_referral" if is_recorded else "resident.seek_care.p_heeds_advice"
    p_heeds, heed = scene.parameter(key), scene.dice.get("heed")
    heeds = p_heeds is not None and heed is not None and heed < p_heeds
    how = "recorded as a referral" if is_recorded else "only advised, without a record"
    return f"It was {how} ({chance(p, die)}); the family {'went' if heeds else 'did not go'} ({chance(p_heeds, heed)})."


@tells("see_hospital")
def at_hospital(call: Call, scene: Scene) -> str:
    """An outpatient visit at a hospital."""
    u, p = scene.dice.get("hospital_triage"), scene.parameter("hospital.admit.p_recognised")
    return f"Seen at {scene.names.site(call.inputs['site_row'])}: what was there was recognised with {chance(p, u)}."


@tells("see_emergency")
def emergency(_call: Call, _scene: Scene) -> str:
    """The day of alarm."""
    return "The parents went to the emergency door of the alliance hospital."


@tells("treat_serious")
def treated(_call: Call, scene: Scene) -> str:
    """Admission, delay, harm."""
    case, die = scene.after.get("case", {}), scene.dice.get("illness_harm")
    days = scene.day - case.get("onset_day", scene.day)
    return f"Admitted after {count(days, 'untreated day')} (die for severe harm {shown(die)})."
