"""What comes of a visit for the illness, the family and the doctor?

The illness is over or the family comes back; trust moves and is told to friends; a provider that helped becomes the usual
one and may get a contract; a serious illness that was missed is counted once and may come to the doctor's ears.
"""

from agents.compiled import compiled, inlined
from agents.doctor import treat
from agents.resident import sign, trust
from model import dice
from model.agenda import CONTRACT, write_down
from model.dice import die
from model.illness import days_until
from model.queue import close_case, wait_for
from model.tables import MEAN_COMPLEXITY
from model.world import EVENT_VISIT, SERIOUS, SPECIALIST

AT_PRIMARY, AT_ALLIANCE, AT_HOSPITAL = range(3)
GAINED, LOST = range(2)


@compiled
def stock_of_trust(household, where):
    """Trust in ordinary primary care (0), accredited doctors (1) or hospitals (2) [1]."""
    if where == AT_PRIMARY:
        return household.trust_primary
    return household.trust_alliance if where == AT_ALLIANCE else household.trust_hospital


@compiled
def note_news(clock, tellers, news, row, change):
    """Note a household's own gain or loss of trust in accredited doctors, for its friends at the month's end."""
    if news[row, GAINED] == 0.0 and news[row, LOST] == 0.0 and change != 0.0:
        tellers[clock.n_tellers] = row
        clock.n_tellers += 1
    news[row, GAINED] += max(0.0, change)
    news[row, LOST] += max(0.0, -change)


@compiled
def put_trust(household, where, value):
    """Write one of the three stocks of trust."""
    if where == AT_PRIMARY:
        household.trust_primary = value
    elif where == AT_ALLIANCE:
        household.trust_alliance = value
    else:
        household.trust_hospital = value


@compiled
def set_trust(clock, tellers, news, household, row, where, value):
    """Trust after something lived through: what moved trust in accredited doctors is told to friends at the month's end."""
    if where == AT_ALLIANCE:
        note_news(clock, tellers, news, row, value - household.trust_alliance)
    put_trust(household, where, value)


@compiled
def remember(p, clock, tally, tellers, news, household, row, where, key, is_resolved):
    """The family learns from the outcome: trust moves, and a provider that helped becomes the usual one."""
    mean = p.resident.choose_provider.mean_trust
    value = trust.trust_after_visit(p.resident.trust, stock_of_trust(household, where), mean, is_resolved)
    set_trust(clock, tellers, news, household, row, where, value)
    if is_resolved and household.usual_provider != key:
        if household.usual_provider >= 0:
            tally.n_changes_of_doctor += 1
            household.n_changes_of_provider += 1
        household.usual_provider = key


@inlined
def sign_contract(clock, tally, agenda, p, seed, case, household, row, where, site_row, is_resolved):
    """A family that is signed with nobody may sign with the family doctors of the place that helped."""
    if household.signed_with >= 0 or not is_resolved:
        return
    if sign.signs(p.resident.sign, die(seed, dice.SIGN, case.child, case.number, case.n_visits)):
        household.signed_with = site_row
        write_down(agenda, CONTRACT, clock.month - 1, row)  # after twelve ends of a month
        tally.n_signings += 1
        put_trust(household, where, sign.trust_when_signed(p.resident.sign, stock_of_trust(household, where)))


@compiled
def miss(tally, child, case, doctor_row, where):
    """A serious illness was not recognised, or nobody saw it: count the first time."""
    if not case.was_missed:
        case.was_missed = 1
        case.missed_by = doctor_row
        case.missed_at = where
        child.n_missed_serious += 1
        tally.n_missed_serious += 1


@compiled
def go_home(cases, free_cases, due_first, due_last, clock, p, seed, case_row, today, is_resolved):
    """After a visit without a way on: the illness is over, or the family comes back, or the day of alarm comes."""
    case = cases[case_row]
    if is_resolved:
        close_case(free_cases, clock, case_row)
        return
    u = die(seed, dice.BACK, case.child, case.number, case.n_visits)
    wait_for(cases, due_first, due_last, case_row, today, today + treat.days_until_back(p.doctor.treat, u), EVENT_VISIT)
    v = die(seed, dice.BY_ITSELF, case.child, case.number, case.n_visits)
    case.is_hospital_only = 1 if v < p.resident.seek_care.p_goes_by_itself else 0


@compiled
def is_better(p, seed, case, skill, today):
    """[bool] Whether an illness that was not sent on is over, by treatment or by itself before the family comes back."""
    k = p.doctor.treat
    u = die(seed, dice.RESOLVED, case.child, case.number, case.n_visits)
    if case.kind == SERIOUS:
        return 0
    if case.kind == SPECIALIST:
        return 1 if u >= k.p_specialist_unresolved else 0
    if u >= treat.p_unresolved(k, skill, case.complexity, MEAN_COMPLEXITY):
        return 1
    back = today + treat.days_until_back(k, die(seed, dice.BACK, case.child, case.number, case.n_visits))
    v = die(seed, dice.ILLNESS_RECOVERY, case.child, case.number, 0)
    return 1 if case.onset_day + days_until(p.illness.days_to_recovery, v) <= back else 0


@inlined
def learn_of_miss(clock, tellers, news, doctors, p, seed, case, household, row):
    """A missed serious illness came to light: the family trusts less, and the doctor perhaps hears of it."""
    if case.missed_at < 0:
        return
    mean = p.resident.choose_provider.mean_trust
    value = trust.trust_after_miss(p.resident.trust, stock_of_trust(household, case.missed_at), mean)
    set_trust(clock, tellers, news, household, row, case.missed_at, value)
    u = die(seed, dice.MISS_REPORTED, case.child, case.number, 0)
    if case.missed_by >= 0 and u < p.doctor.learn.p_miss_reported:
        doctors[case.missed_by].n_reported_quarter += 1
