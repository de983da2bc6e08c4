"""What do the visits of an expected week lead to?

Each visit to a family doctor ends in one of four ways: sent and recorded, sent and only advised, sent home and better, sent
home and not. Who is not better comes back within days unless the illness ends by itself first; half of the returns of a week
fall into the same week, and the week's equation for them is solved by repeating it. Serious illness that nobody recognised
comes back or reaches its day of alarm, whichever is first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from experiments.validation.mean_field_illness import MEAN_COMPLEXITY, SELF_LIMITING, SERIOUS, SPECIALIST
from experiments.validation.mean_field_places import FIRST_HOSPITAL, N_ALTERNATIVES
from experiments.validation.mean_field_quadrature import Array, logistic

if TYPE_CHECKING:
    from experiments.validation.mean_field_week import Twin

N_ROUNDS = 5
BACK_SAME_WEEK = 0.5  # of those who come back after one to six days from an even day of the week
ACCREDITED, OTHERS, HOSPITAL = range(3)
DAYS_UNTIL_CALL, DAYS_CARRIED, GREATEST_UTILISATION = 2, 7, 0.98


def weigh_outcomes(twin: Twin, new: Array) -> dict[str, float]:
    """Visits of the week by where they went, what they led to, and the counts; `new` by node of illness."""
    shape = twin.severity.shape
    first = [_by_group(twin.to_new, new), _by_group(twin.to_early, twin.early)]
    sent = _p_sent(twin)
    waiting, left = twin.carried_again.copy(), twin.back_guess
    for _ in range(N_ROUNDS):
        back_now = twin.back_next_week + BACK_SAME_WEEK * left
        flow, groups, counts, left = _visit_and_leave(twin, first, back_now, waiting, sent)
    flow, groups, counts, left = _visit_and_leave(twin, first, twin.back_next_week + BACK_SAME_WEEK * left, waiting, sent)
    twin.back_guess, twin.back_next_week = left, (1.0 - BACK_SAME_WEEK) * left
    full = 1.0 - twin.to_new.sum(axis=1), 1.0 - twin.to_again_shares.sum(axis=1)
    twin.carried_first = np.maximum(0.0, (new * full[0]).reshape(shape).sum(axis=2))
    twin.carried_again = np.maximum(0.0, (flow * full[1]).reshape(shape).sum(axis=2))
    return _count(twin, first, groups, counts)


def _visit_and_leave(
    twin: Twin, first: list[list[Array]], back_now: Array, waiting: Array, sent: list[Array]
) -> tuple[Array, list[Array], dict[str, float], Array]:
    """With so many who come back: their flow, all visits by group, the counts, and who will come back."""
    shape = twin.severity.shape
    flow = ((back_now + waiting)[..., None] * twin.noise_weight).ravel()
    again = _by_group(twin.to_again_shares, flow)
    groups = [first[0][g] + first[1][g] + again[g] for g in range(3)]
    waited = waiting / np.maximum(back_now + waiting, 1e-12)
    late = [first[1][g].reshape(shape).sum(axis=2) + again[g].reshape(shape).sum(axis=2) * waited for g in range(3)]
    left, counts = _leave(twin, [one.reshape(shape) for one in groups], late, sent)
    return flow, groups, counts, left


def _by_group(shares: Array, flow: Array) -> list[Array]:
    """Visits at accredited doctors, other family doctors and hospitals, by node of illness."""
    visits = shares * flow[:, None]
    return [visits[:, :2].sum(axis=1), visits[:, 2:FIRST_HOSPITAL].sum(axis=1), visits[:, FIRST_HOSPITAL:].sum(axis=1)]


def _yuan_lost(twin: Twin) -> float:
    """What one more recorded referral costs an accredited doctor [yuan], as long as the count is within its cap."""
    return twin.v["fund.pay.yuan_per_avoided_referral"] * twin.v["fund.plan.is_running"] * twin.arrives * twin.is_case


def _p_sent(twin: Twin) -> list[Array]:
    complexity = np.broadcast_to(twin.complexity[:, :, None], twin.severity.shape).ravel()
    found = []
    for is_accredited, load in ((True, twin.day.load_of_accredited), (False, twin.day.load_of_others)):
        lost = _yuan_lost(twin) if is_accredited else 0.0
        p = twin.doctors.p_sent(
            is_accredited,
            load,
            complexity,
            twin.signal.ravel(),
            twin.p_asks.ravel(),
            lost,
            float(twin.p_reported[0 if is_accredited else 1]),
        )
        found.append(p.reshape(twin.severity.shape))
    return found


def _unresolved(twin: Twin, skill: float) -> Array:
    """Probability that each class and complexity is not better after a visit, before it ends by itself, shape (3, n)."""
    k, v = "doctor.treat.", twin.v
    c = twin.complexity - MEAN_COMPLEXITY
    p = logistic(v[k + "log_odds_unresolved"] + v[k + "log_odds_per_complexity"] * c + v[k + "log_odds_per_skill"] * (skill - 0.5))
    p[SPECIALIST], p[SERIOUS] = v[k + "p_specialist_unresolved"], 1.0
    return p


def _leave(twin: Twin, groups: list[Array], late: list[Array], sent: list[Array]) -> tuple[Array, dict[str, float]]:
    """Who comes back, by class and complexity, and the week's counts, from visits by group and node of illness.

    `late` are those of the visits who had found all full a week before: many of them recover whatever the doctor does.
    """
    v, days = twin.v, twin.days_back
    lasts = float(np.exp(-days / v["illness.days_to_recovery"]).mean())  # a self-limiting illness is there when they come back
    week_later = math.exp(-DAYS_CARRIED / v["illness.days_to_recovery"])
    visits = [one.sum(axis=2) for one in groups]
    lasting = [lasts * (1.0 - (1.0 - week_later) * (late[g] / np.maximum(visits[g], 1e-12))[SELF_LIMITING]) for g in range(3)]
    back = np.zeros(twin.complexity.shape)
    counts: dict[str, float] = {"recorded": 0.0}
    heeded = np.zeros((2, *twin.complexity.shape))  # with an appointment, advised
    twin.helped, twin.not_helped = np.zeros(3), np.zeros(3)
    for g in (ACCREDITED, OTHERS):
        goes = (groups[g] * sent[g]).sum(axis=2)
        back += _leave_family_doctor(twin, g, visits[g], goes, lasting[g], heeded, counts)
    p = _unresolved(twin, v["doctor.treat.skill_at_hospital"])
    p[SELF_LIMITING] *= lasting[HOSPITAL]
    p[SPECIALIST] = p[SERIOUS] = 1.0 - v["hospital.admit.p_recognised"]
    by_then = math.exp(-_days_in_queue(twin) / v["illness.days_to_recovery"])
    at_hospital = visits[HOSPITAL] + heeded[1]
    unresolved = at_hospital * p + heeded[0] * p * np.array([[by_then], [1.0], [1.0]])
    back += unresolved
    twin.helped[2] = float((at_hospital + heeded[0])[:SERIOUS].sum() - unresolved[:SERIOUS].sum())
    twin.not_helped[2] = float(unresolved.sum())
    before_alarm = float(np.exp(-days / v["illness.days_to_alarm"]).mean())
    counts["emergencies"] = float(back[SERIOUS].sum()) * (1.0 - before_alarm)
    back[SERIOUS] *= before_alarm
    counts["appointments"], counts["advised"] = float(heeded[0].sum()), float(heeded[1].sum())
    return back, counts


def _leave_family_doctor(
    twin: Twin, g: int, visits: Array, goes: Array, lasting: Array, heeded: Array, counts: dict[str, float]
) -> Array:
    """Who comes back from family doctors of one kind; adds to those who go to the hospital and to the counts."""
    v, mean_alarm, is_accredited = twin.v, twin.v["illness.days_to_alarm"], g == ACCREDITED
    skills, weight = twin.doctors.skills_of_certified()
    others = float(twin.doctors.innate.mean(axis=1) @ twin.doctors.of_kind / twin.doctors.of_kind.sum())
    lost = max(0.0, _yuan_lost(twin)) if is_accredited else 0.0
    records = v["doctor.record_referral.p_recorded"] * math.exp(-v["doctor.record_referral.decline_per_100_yuan"] * lost / 100.0)
    heeds = records * v["resident.seek_care.p_heeds_referral"], (1.0 - records) * v["resident.seek_care.p_heeds_advice"]
    heeded += goes * np.array(heeds)[:, None, None]
    days = v["hospital.admit.days_by_green_channel"] if is_accredited else _days_in_queue(twin)
    in_time = np.array([[1.0], [1.0], [math.exp(-days / mean_alarm)]])
    twin.week_found[g] = float((goes * heeds[0] * in_time)[SPECIALIST:].sum())
    stays = visits - goes
    if is_accredited:
        counts["recorded"] = float(goes.sum() * records)
        p_called = v["hospital.follow_up.share_called"] * v["hospital.follow_up.p_found"]
        repaired = stays[SERIOUS] * p_called * math.exp(-DAYS_UNTIL_CALL / mean_alarm)
        heeded[0][SERIOUS] += repaired
        stays[SERIOUS] -= repaired
    twin.week_reported[g] = float(stays[SERIOUS].sum()) * v["doctor.learn.p_miss_reported"]
    unresolved = _unresolved(twin, float(skills @ weight) if is_accredited else others)
    unresolved[SELF_LIMITING] *= lasting
    where = 1 if is_accredited else 0
    twin.helped[where], twin.not_helped[where] = float((stays * (1.0 - unresolved)).sum()), float((stays * unresolved).sum())
    return (stays + goes * (1.0 - sum(heeds))) * unresolved


def _days_in_queue(twin: Twin) -> float:
    """Days until a recorded referral without a reserved number is seen [days]."""
    reference = twin.v["centre.wait.reference_utilisation"]
    u = min(GREATEST_UTILISATION, float(twin.providers.utilisation[:, -1].mean()))
    relative = u / (1.0 - u) / (reference / (1.0 - reference))
    return math.floor(
        max(twin.v["hospital.admit.days_by_green_channel"], twin.v["hospital.admit.days_by_ordinary_queue"] * relative)
    )


def _count(twin: Twin, first: list[list[Array]], groups: list[Array], counts: dict[str, float]) -> dict[str, float]:
    seen = [float(one.sum()) for one in groups]
    hospital = seen[HOSPITAL] + counts["appointments"] + counts["advised"]
    twin.advised, twin.appointments = counts["advised"], counts["appointments"]
    twin.alliance_visits = seen[ACCREDITED]
    twin.found, twin.reported = twin.found + twin.week_found, twin.reported + twin.week_reported
    twin.seen = twin.seen + np.array([seen[ACCREDITED], seen[OTHERS]])
    twin.referrals_seen += counts["recorded"] * twin.v["resident.seek_care.p_heeds_referral"]
    twin.money.count(seen[ACCREDITED] + seen[OTHERS], hospital)
    covered = twin.v["fund.plan.covered_share"] * twin.v["fund.plan.is_running"] * twin.is_case
    visits = seen[ACCREDITED] + (seen[OTHERS] if twin.v["fund.plan.is_all_primary_covered"] else 0.0)
    twin.members.claim(visits * twin.members_of_primary * twin.own_of_members * covered)
    per_visit = np.divide(twin.helped, np.array([seen[OTHERS], seen[ACCREDITED], hospital]) + 1e-12)
    twin.helped_share_by_alternative = np.repeat(per_visit[[1, 0, 2]], [2, 3, N_ALTERNATIVES - FIRST_HOSPITAL])
    contacts = [sum(float(one[g].sum()) for one in first) for g in range(3)]
    primary = contacts[ACCREDITED] + contacts[OTHERS]
    return {
        "n_visits": seen[ACCREDITED] + seen[OTHERS] + hospital + counts["emergencies"] + twin.emergencies,
        "n_alliance_visits": seen[ACCREDITED],
        "n_first_contacts": primary + contacts[HOSPITAL] + twin.emergencies,
        "n_first_contacts_primary": primary,
        "n_recorded_referrals": counts["recorded"],
    }
