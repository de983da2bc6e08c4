"""What does the quality committee find at the end of a quarter, and what does a survey of certified doctors say?"""

from agents.compiled import compiled
from agents.doctor import judge, stay
from agents.hospital import review
from model.certificates import withdraw

VISITS, RECORDED, UNNEEDED = range(3)


@compiled
def keep_quarter(hospital, doctors, counts):
    """Write the quarter's counts in place of those of a year ago; who is not accredited has none."""
    hospital.quarter = (hospital.quarter + 1) % counts.shape[1]
    for row in range(len(doctors)):
        doctor = doctors[row]
        if not doctor.is_accredited:
            counts[row, :, :] = 0
        else:
            counts[row, hospital.quarter, VISITS] = doctor.n_alliance_visits_quarter
            counts[row, hospital.quarter, RECORDED] = doctor.n_recorded_quarter
            counts[row, hospital.quarter, UNNEEDED] = doctor.n_unneeded_quarter
        doctor.n_alliance_visits_quarter = doctor.n_recorded_quarter = doctor.n_unneeded_quarter = 0


@compiled
def of_four_quarters(counts, row, what):
    """Count of one doctor over four quarters."""
    total = 0
    for quarter in range(counts.shape[1]):
        total += counts[row, quarter, what]
    return total


@compiled
def peer_mean(counts, what):
    """Share over all alliance doctors [1], 0 without a visit."""
    n = above = 0
    for row in range(len(counts)):
        n += of_four_quarters(counts, row, VISITS)
        above += of_four_quarters(counts, row, what)
    return above / n if n > 0 else 0.0


@compiled
def judge_doctor(clock, tally, doctor, k, referral, drugs):
    """Advise, remove or let alone a doctor on these sides of the two charts."""
    is_referral, is_drugs = review.is_beyond(k, referral), drugs == review.ABOVE
    if not is_referral and not is_drugs:
        doctor.advice_on_referral = doctor.advice_on_drugs = 0
        doctor.week_advised = -1
        return
    is_still_beyond = (is_referral and doctor.advice_on_referral != 0) or (is_drugs and doctor.advice_on_drugs)
    if is_still_beyond and review.is_removed(k, clock.week - doctor.week_advised):
        tally.n_removed += 1
        withdraw(clock, doctor)
        doctor.banned_until = clock.week + k.weeks_of_ban
        return
    if not is_still_beyond:
        doctor.week_advised = clock.week
        tally.n_advised += 1
    doctor.advice_on_drugs = 1 if is_drugs else 0
    doctor.advice_on_referral = 0
    if is_referral:
        doctor.advice_on_referral = 1 if referral == review.ABOVE else -1


@compiled
def review_doctors(clock, tally, hospital, doctors, counts, p):
    """The committee's quarter: two control charts over four quarters."""
    k = p.hospital.review
    keep_quarter(hospital, doctors, counts)
    if not k.is_running:
        return
    mean_referral, mean_drugs = peer_mean(counts, RECORDED), peer_mean(counts, UNNEEDED)
    for row in range(len(doctors)):
        if doctors[row].is_accredited:
            n = of_four_quarters(counts, row, VISITS)
            referral = review.side_of_limits(k, k.sds_referral, of_four_quarters(counts, row, RECORDED), n, mean_referral)
            drugs = review.side_of_limits(k, k.sds_prescription, of_four_quarters(counts, row, UNNEEDED), n, mean_drugs)
            judge_doctor(clock, tally, doctors[row], k, referral, drugs)


@compiled
def survey(tally, hospital, doctors, p):
    """How many certified doctors are satisfied with payment and with the platform; who left or never passed is not asked."""
    k = p.doctor.judge
    tally.n_certified_asked = tally.n_satisfied_with_payment = tally.n_satisfied_with_platform = 0
    minutes = stay.minutes_per_visit(p.doctor.stay, 0.0, hospital.saved_by_platform)
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited:
            paid = judge.is_satisfied_with_payment(k, doctor.due_quarter_fen, doctor.arrived_quarter_fen, doctor.patience)
            platform = judge.is_satisfied_with_platform(k, minutes, doctor.patience)
            doctor.is_satisfied_with_payment, doctor.is_satisfied_with_platform = 1 if paid else 0, 1 if platform else 0
            tally.n_certified_asked += 1
            tally.n_satisfied_with_payment += doctor.is_satisfied_with_payment
            tally.n_satisfied_with_platform += doctor.is_satisfied_with_platform
        doctor.due_quarter_fen = doctor.arrived_quarter_fen = 0
