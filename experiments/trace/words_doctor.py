"""What is said of a doctor or a place: how skill, belief, caution, pay, room and waiting came about?"""

from __future__ import annotations

from agents.units import FEN_PER_YUAN
from experiments.trace.watch import Call, Number
from experiments.trace.words import Scene, came_true, chance, count, quiet, shown, tells, yuan

quiet(
    "doctor.learn.total_skill", "fund.pay.share_that_arrives", "fund.pay.arriving_fen", "hospital.accredit.may_sit",
    "hospital.accredit.must_renew", "centre.wait.expected_utilisation", "centre.wait.capacity_of_day",
    "doctor.stay.minutes_per_visit",
    "doctor.stay.felt", "hospital.support.clinic_visits_lost",
    "doctor.refer.lost_by_load", "doctor.refer.caution_on_request", "doctor.prescribe.drug_margin",
    "government.audit.expected_fine_yuan", "hospital.follow_up.minutes_of_calls", "hospital.review.is_beyond",
    "doctor.judge.is_satisfied_with_platform", "centre.invest.after_depreciation", "hospital.follow_up.share_of_time_left",
)  # fmt: skip


@tells("doctor.learn.learned_skill")
def learned(call: Call, _scene: Scene) -> str:
    """Skill from supervised cases."""
    seen = f"{shown(call.inputs['n_supervised'])} supervised of {count(call.inputs['n_seen'], 'child', 'children')} seen"
    return f"Learned skill went from {shown(call.inputs['learned'])} to {shown(call.result)} ({seen} in the month)."


@tells("doctor.learn.belief")
def believed(call: Call, _scene: Scene) -> str:
    """What the doctor believes of need."""
    i = call.inputs
    found = f"{count(i['n_confirmed'], 'referral')} confirmed, {count(i['n_reported'], 'miss', 'misses')} reported back"
    change = f"went from {100 * i['old']:.2f} % to {100 * float(call.result or 0):.2f} %"
    return f"Believed share of children who need the hospital {change} ({found}, {count(i['n_seen'], 'visit')})."


@tells("fund.pay.yuan_lost_per_referral")
def loses(call: Call, _scene: Scene) -> str:
    """What a referral costs the doctor."""
    so_far = (
        f"{count(call.inputs['n_recorded'], 'recorded referral')} in {count(call.inputs['n_visits'], 'visit')} of the plan year"
    )
    return f"One more recorded referral would cost {shown(call.result)} yuan ({so_far})."


@tells("doctor.refer.log_odds_to_outweigh")
def outweighs(call: Call, _scene: Scene) -> str:
    """What evidence must outweigh."""
    of = f"belief {100 * call.inputs['belief']:.2f} %, log caution {shown(call.inputs['log_caution'])}"
    return f"Evidence must outweigh log odds of {shown(call.result)} before a child is sent ({of})."


@tells("hospital.accredit.result")
def sat(call: Call, scene: Scene) -> str:
    """One sitting of the examination."""
    has = any(c.key == "certify" for c in scene.walk()) or (
        scene.after["doctor"]["is_accredited"] and scene.before["doctor"]["is_accredited"]
    )
    came = "passed" if has else "not passed"
    return f"Sat the examination: result {shown(call.result)} with skill {shown(call.inputs['skill'])}, {came}."


@tells("certify")
def certified(_call: Call, _scene: Scene) -> str:
    """A certificate."""
    return "Received the certificate and joined the alliance."


@tells("withdraw")
def withdrew(_call: Call, _scene: Scene) -> str:
    """The end of a certificate."""
    return "Lost the certificate and left the alliance."


@tells("fund.pay.counted_referrals")
def counted(call: Call, _scene: Scene) -> str:
    """The year's incentive."""
    return (
        f"The plan year counted {shown(call.result)} avoided referrals ({count(call.inputs['n_recorded'], 'recorded referral')})."
    )


@tells("pass_on", whole=True)
def received(call: Call, _scene: Scene) -> str:
    """Pay that arrived."""
    return f"Received {yuan(call.inputs['fen'])} from the alliance." if call.inputs["fen"] else ""


@tells("deduct", whole=True)
def deducted(call: Call, _scene: Scene) -> str:
    """Pay that was taken back."""
    return f"{yuan(call.inputs['fen'])} were deducted for referrals above the benchmark."


@tells("doctor.record_referral.p_recorded")
def records(call: Call, _scene: Scene) -> str:
    """How readily referrals are recorded."""
    return f"A child who is sent would be recorded as a referral with probability {shown(call.result)}."


@tells("doctor.prescribe.p_prescribed")
def prescribes(call: Call, _scene: Scene) -> str:
    """How readily antibiotics are prescribed."""
    need = "needed" if call.inputs["is_needed"] else "not needed"
    return f"Antibiotics {need}: prescribed with probability {shown(call.result)}."


@tells("doctor.stay.net_pay_per_hour")
def earns(call: Call, _scene: Scene) -> str:
    """What alliance work brings."""
    of = f"{shown(call.inputs['arrived_yuan'])} yuan arrived for {count(call.inputs['n_visits'], 'visit')}"
    return f"Alliance work brought {shown(call.result)} yuan an hour above the doctor's own hour ({of} in the month)."


@tells("doctor.stay.p_leaves_alliance")
def stays(call: Call, scene: Scene) -> str:
    """Staying in the alliance."""
    die = scene.dice.get("leave_alliance")
    verb = "Handed back the certificate" if came_true(call.result, die) else "Stayed in the alliance"
    return f"{verb}: {chance(call.result, die)} of leaving it."


@tells("doctor.stay.p_quits")
def remains(call: Call, scene: Scene) -> str:
    """Staying in the zone."""
    die = scene.dice.get("quit")
    return f"Left the zone: {chance(call.result, die)}." if came_true(call.result, die) else ""


@tells("hire", whole=True)
def hired(_call: Call, scene: Scene) -> str:
    """Another person in the post."""
    return f"Another person took the post, with skill {shown(scene.after['doctor']['innate_skill'])}."


@tells("hospital.review.side_of_limits")
def reviewed(call: Call, _scene: Scene) -> str:
    """The quality committee's chart."""
    side = ("within", "above", "below")[int(call.result or 0)]
    own = call.inputs["n_counted"] / max(1, call.inputs["n_visits"])
    peers = f"{100 * own:.2f} % against the peers' {100 * call.inputs['peer_mean']:.2f} %"
    seen = count(call.inputs["n_visits"], "visit")
    return f"The committee's chart: {side} the limits ({peers} over {seen})." if call.result else ""


@tells("hospital.review.is_removed")
def removed(call: Call, _scene: Scene) -> str:
    """Removal from the alliance."""
    return "Removed from the alliance by the quality committee." if call.result else "Still advised by the quality committee."


@tells("doctor.judge.is_satisfied_with_payment")
def content(call: Call, _scene: Scene) -> str:
    """Satisfaction with what arrives."""
    of = f"{yuan(call.inputs['arrived_fen'])} of {yuan(call.inputs['due_fen'])} that were due"
    return f"{'Satisfied' if call.result else 'Not satisfied'} with payment: {of} arrived in the quarter."


@tells("centre.wait.wait_hours")
def waiting(call: Call, _scene: Scene) -> str:
    """How long families expect to wait."""
    used = f"{100 * call.inputs['utilisation']:.0f} % of the room in use"
    return f"Families expect to wait {shown(call.result)} hours ({used})."


def quarter_of_doctor(first: dict[str, Number], last: dict[str, Number], total: dict[str, Number]) -> str:
    """A quarter in one sentence: counts of its weeks, the row at its end."""
    state = f"skill {shown(last['skill'])}, belief {100 * last['belief']:.2f} %, log caution {shown(last['log_caution'])}"
    visits, recorded = total["visits"], total["recorded_referrals"]
    if not (visits or last["is_accredited"] or total["income_yuan"]):
        return f"No certificate; {state}."
    rate = f" ({100 * recorded / visits:.2f} %)" if visits else ""
    work = f"{count(visits, 'alliance visit')}, {count(recorded, 'recorded referral')}{rate}"
    holds = "holds a certificate" if last["is_accredited"] else "holds no certificate"
    moved = "" if first["is_accredited"] == last["is_accredited"] else " now"
    return f"{work}; {total['income_yuan']:,.0f} yuan from the alliance; {state}; {holds}{moved}."


def quarter_of_site(_first: dict[str, Number], last: dict[str, Number], total: dict[str, Number]) -> str:
    """A quarter of a place in one sentence."""
    room = f"room for {shown(last['capacity_per_day'])} children a day, {100 * last['utilisation']:.0f} % in use"
    staff = f"{count(last['n_doctors'], 'family doctor')}, {last['n_accredited']} of them accredited; " if last["n_doctors"] else ""
    money = f"; received {total['net_receipts_yuan']:,.0f} yuan net" if "net_receipts_yuan" in total else ""
    price = f"a visit costs {last['price_fen'] / FEN_PER_YUAN:,.0f} yuan"
    return f"{count(total['visits'], 'visit')}; waiting {shown(last['wait_hours'])} hours; {room}; {staff}{price}{money}."
