"""What does the quality committee find at the end of a quarter, and what does a survey of certified doctors say?"""

from agents.compiled import compiled
from agents.doctor import judge, stay
from agents.hospital import review
from model.certificates import withdraw

VISITS, RECORDED, UNNEEDED = range(3)
NOT_ADVISED = -1


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
def week_of_advice(week, advice_before, advice, week_before):
    """Week of the advice in force on one chart: as before while the doctor stays on that side, this week if it is new, else -1."""
    if advice == 0:
        return NOT_ADVISED
    return week_before if advice == advice_before else week


@compiled
def judge_doctor(clock, tally, doctor, k, referral, drugs):
    """Advise, remove or let alone a doctor; `referral` and `drugs` are 1 beyond the upper limit, -1 the lower, 0 within."""
    week = clock.week
    since_referral = week_of_advice(week, doctor.advice_on_referral, referral, doctor.week_advised_on_referral)
    since_drugs = week_of_advice(week, doctor.advice_on_drugs, drugs, doctor.week_advised_on_drugs)
    tally.n_advised += 1 if week in (since_referral, since_drugs) else 0
    doctor.advice_on_referral, doctor.week_advised_on_referral = referral, since_referral
    doctor.advice_on_drugs, doctor.week_advised_on_drugs = drugs, since_drugs
    is_late_referral = referral != 0 and review.is_removed(k, week - since_referral)
    if is_late_referral or (drugs != 0 and review.is_removed(k, week - since_drugs)):
        tally.n_removed += 1
        withdraw(clock, doctor)
        doctor.banned_until = week + k.weeks_of_ban


@compiled
def beyond(k, side):
    """1 beyond the upper limit, -1 beyond the lower where that counts, else 0."""
    if not review.is_beyond(k, side):
        return 0
    return 1 if side == review.ABOVE else -1


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
            judge_doctor(clock, tally, doctors[row], k, beyond(k, referral), 1 if drugs == review.ABOVE else 0)


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
