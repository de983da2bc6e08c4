"""What is claimed, experiment by experiment? The protocol of docs/mechanisms.md is printed from here."""

from experiments.claims import Claim, Experiment

AT_ONCE, FROM_THE_START = 0, None
PASS, INCENTIVE, SHARE = "hospital.accredit.pass_rate", "fund.pay.yuan_per_avoided_referral", "fund.surplus.reinvested_share"
MISSED_ALL, MISSED_ALLIANCE = "n_missed_serious_per_1000_serious", "n_missed_serious_per_10000_visits"

between = Claim.between


def _grid(lever: str, values: tuple[float, ...]) -> dict:
    return {f"{value:g}": ((AT_ONCE, {lever: value}),) for value in values}


def _skills_and_cautions() -> dict:
    return {
        f"caution {caution:g}, {name}": ((FROM_THE_START, {"doctor.refer.caution": caution, "doctor.learn.mean_skill": skill}),)
        for caution in (1.0, 10.0, 100.0)
        for name, skill in (("low skill", 0.4), ("high skill", 0.6))
    }


M1 = Experiment(
    "M1 pass more doctors",
    "Does a laxer examination widen access and dilute skill?",
    _grid(PASS, (0.02, 0.165, 0.31, 0.455, 0.6)) | {"0.05": ((AT_ONCE, {PASS: 0.05}),), "0.5": ((AT_ONCE, {PASS: 0.5}),)},
    (
        between("0.05", "0.5", "n_accredited_doctors", 1),
        between("0.05", "0.5", "n_alliance_visits", 1),
        between("0.05", "0.5", "mean_skill_accredited", -1),
        between("0.05", "0.5", MISSED_ALLIANCE, 1),
        between("0.05", "0.5", "n_unnecessary_referrals", 1),
        between("0.05", "0.5", "visits_per_doctor_week", -1, "cases per doctor fall"),
        between("0.05", "0.5", MISSED_ALL, 0),
        Claim.curve(
            ("0.02", "0.165", "0.31", "0.455", "0.6"),
            MISSED_ALL,
            1,
            "missed among all children: a valley between scarcity and dilution",
        ),
    ),
)
M2 = Experiment(
    "M2 skill and referral",
    "Does a low referral rate mean a skilled doctor?",
    _skills_and_cautions(),
    (
        between(
            "caution 100, low skill", "caution 100, high skill", "share_referred", -1, "afraid of misses: skill lowers referral"
        ),
        between("caution 1, low skill", "caution 1, high skill", "share_referred", 1, "misses weigh little: skill raises referral"),
        between("caution 100, low skill", "caution 100, high skill", MISSED_ALLIANCE, -1, "caution 100: skill lowers misses"),
        between("caution 10, low skill", "caution 10, high skill", MISSED_ALLIANCE, -1, "caution 10: skill lowers misses"),
        between("caution 1, low skill", "caution 1, high skill", MISSED_ALLIANCE, -1, "caution 1: skill lowers misses"),
    ),
)
M3 = Experiment(
    "M3 pay for fewer referrals",
    "What hides behind a falling referral rate?",
    _grid(INCENTIVE, (0.0, 75.0, 150.0, 225.0, 300.0))
    | {"200": ((AT_ONCE, {INCENTIVE: 200.0}),)}
    | {
        "remove few": ((AT_ONCE, {"hospital.review.sds_referral": 6.0}),),
        "remove many": ((AT_ONCE, {"hospital.review.sds_referral": 1.5}),),
    },
    (
        between("0", "200", "share_referred", -1),
        between("0", "200", "positive_predictive_value", 1),
        between("0", "200", MISSED_ALLIANCE, 1),
        between("0", "200", MISSED_ALL, 1),
        between("0", "200", "share_self_referred", 1),
        between("0", "200", "mean_trust_alliance", -1),
        Claim.curve(("0", "75", "150", "225", "300"), "share_referred", 1, "each further yuan buys less"),
        between("remove few", "remove many", "share_referred", -1, "removing high referrers"),
        between("remove few", "remove many", MISSED_ALLIANCE, 1, "removing high referrers"),
        between("remove few", "remove many", MISSED_ALL, 0, "removing high referrers"),
    ),
)
OPEN_DOOR = {"government.reimburse.share_hospital": 0.3, "government.reimburse.share_secondary": 0.4}
GATE = {
    "government.reimburse.share_hospital": 0.0, "government.reimburse.share_secondary": 0.0,
    "government.reimburse.added_share_when_referred": 0.4,
}  # fmt: skip
M4 = Experiment(
    "M4 gatekeeping and case mix",
    "Is a rising referral rate a failure?",
    {
        "open door": ((AT_ONCE, OPEN_DOOR),),
        "gate": ((AT_ONCE, GATE),),
        "little trusted": ((AT_ONCE, {"resident.choose_provider.utils_per_severity_at_primary": -2.0}),),
        "much trusted": ((AT_ONCE, {"resident.choose_provider.utils_per_severity_at_primary": -0.4}),),
    },
    (
        between("open door", "gate", "share_first_contact_primary", 1, "paid only with a referral"),
        between("open door", "gate", "n_recorded_referrals", 1, "paid only with a referral"),
        between("open door", "gate", "share_self_referred", -1, "paid only with a referral"),
        between("little trusted", "much trusted", "share_true_need", 1, "sicker children come to primary care"),
        between("little trusted", "much trusted", "share_referred", 1, "so its referral rate rises with success"),
    ),
)
ROOM, REQUEST = "centre.wait.share_for_children_accredited", "doctor.refer.caution_on_request_when_idle"
M6 = Experiment(
    "M6 competition for patients",
    "Does competition improve gatekeeping?",
    {
        f"{room}, {heed}": ((AT_ONCE, {ROOM: share, REQUEST: gain}),)
        for heed, gain in (("requests not heeded", 0.0), ("requests heeded", 4.0))
        for room, share in (("few doctors", 0.3), ("many doctors", 0.9))
    },
    (
        between("few doctors, requests heeded", "many doctors, requests heeded", "share_referred", 1, "short of patients, doctors grant requests"),
        between("few doctors, requests heeded", "many doctors, requests heeded", "share_unnecessary_referrals", 1),
        Claim.interaction(
            ("few doctors, requests not heeded", "many doctors, requests not heeded",
             "few doctors, requests heeded", "many doctors, requests heeded"),
            "share_referred", 1, "by requests, not by room alone",
        ),
    ),
)  # fmt: skip
UNRESOLVED, FRIENDS = "doctor.treat.log_odds_unresolved", "resident.hear.share_of_bad_news"
HALF_A_YEAR, A_YEAR, TWO_YEARS, TEN_YEARS = 26, 52, 104, 522


def _bad_half_year(bad_news: float) -> tuple:
    usual, bad = 0.0, 0.5
    return ((AT_ONCE, {UNRESOLVED: bad, FRIENDS: bad_news}), (HALF_A_YEAR, {UNRESOLVED: usual}))


M7 = Experiment(
    "M7 trust",
    "What does one bad half-year leave behind?",
    {
        "quiet, silent": ((AT_ONCE, {FRIENDS: 0.0}),),
        "bad half-year, silent": _bad_half_year(0.0),
        "quiet, talking": ((AT_ONCE, {FRIENDS: 0.4}),),
        "bad half-year, talking": _bad_half_year(0.4),
    },
    (
        between("quiet, talking", "bad half-year, talking", "mean_trust_alliance", -1, "at its end", (0, HALF_A_YEAR)),
        between("quiet, talking", "bad half-year, talking", "mean_trust_alliance", -1, "a year and a half later", (0, TWO_YEARS)),
        between("quiet, talking", "bad half-year, talking", "n_alliance_visits", -1, "in the year after it", (HALF_A_YEAR, HALF_A_YEAR + A_YEAR)),
        between("quiet, talking", "bad half-year, talking", "lapse_share", 1, "in the year after it", (HALF_A_YEAR, HALF_A_YEAR + A_YEAR)),
        Claim.interaction(
            ("quiet, silent", "bad half-year, silent", "quiet, talking", "bad half-year, talking"),
            "mean_trust_alliance", -1, "talk deepens the fall",
        ),
    ),
)  # fmt: skip
PREMIUM = "fund.plan.premium_yuan"
FICKLE = {"resident.join.log_odds_per_log_value": 3.0, "resident.join.relative_lapse_healthy": 2.0}
M8 = Experiment(
    "M8 premium, lapse and selection",
    "Does a higher price mend the fund?",
    _grid(PREMIUM, (40.0, 80.0, 120.0, 160.0, 200.0))
    | {
        "80, fickle": ((AT_ONCE, {PREMIUM: 80.0} | FICKLE),),
        "200, fickle": ((AT_ONCE, {PREMIUM: 200.0} | FICKLE),),
    },
    (
        between("80", "160", "n_members", -1),
        between("80", "160", "lapse_share", 1),
        between("80", "160", "mean_risk_of_members", 1, "the healthy leave first"),
        between("80", "160", "claims_per_member_yuan", 1, "so each member costs more"),
        between("80", "160", "fund_premium_yuan", 1, "revenue rises while demand is inelastic"),
        between("80, fickle", "200, fickle", "fund_premium_yuan", -1, "and falls where families are fickle"),
        Claim.curve(("40", "80", "120", "160", "200"), "fund_premium_yuan", -1, "revenue: a hill"),
    ),
)
M9 = Experiment(
    "M9 reinvest the surplus",
    "What does ploughing back buy, when, and at what risk?",
    _grid(SHARE, (0.0, 0.25, 0.5, 0.75, 1.0))
    | {
        "severe covered, kept": ((AT_ONCE, {SHARE: 0.0, "fund.cover_severe.share_covered": 0.6}),),
        "severe covered, spent": ((AT_ONCE, {SHARE: 1.0, "fund.cover_severe.share_covered": 0.6}),),
    },
    (
        between("0", "1", "fund_reinvested_yuan", 1),
        between("0", "1", "n_alliance_visits", 1),
        between("0", "1", "mean_skill_accredited", 1),
        between("0", "1", "fund_reserve_yuan", -1, "reserves down at once"),
        between("0", "1", "lapse_share", -1),
        between("0", "1", MISSED_ALL, 0),
        between("0", "1", "n_alliance_visits", 0, "the first half-year: too early", (0, HALF_A_YEAR)),
        between("0", "1", "n_alliance_visits", 1, "the last two years", (TEN_YEARS - TWO_YEARS, TEN_YEARS)),
        Claim.curve(("0", "0.25", "0.5", "0.75", "1"), "n_alliance_visits", -1, "each further share buys less"),
        between("0", "severe covered, kept", "n_members", 1, "severe illness covered: worth more"),
        between("0", "severe covered, kept", "fund_reserve_yuan", -1, "severe illness covered: reserves"),
        between("severe covered, kept", "severe covered, spent", "solvency_ratio", -1, "severe illness covered and all spent"),
    ),
    scenario="scenarios/mature_alliance.toml",
    world={},
)
REACHES = "fund.pay.reaches_separate"
M10 = Experiment(
    "M10 incentives that do not arrive",
    "Does a bonus reach the doctor?",
    {
        f"{share:g} arrives, {yuan:g} yuan": ((AT_ONCE, {REACHES: share, INCENTIVE: yuan}),) for share in (0.0, 0.7) for yuan in (0.0, 200.0)
    },
    (
        Claim.interaction(
            ("0 arrives, 0 yuan", "0 arrives, 200 yuan", "0.7 arrives, 0 yuan", "0.7 arrives, 200 yuan"),
            "share_referred", -1, "pay moves referral more where it arrives",
        ),
        between("0 arrives, 200 yuan", "0.7 arrives, 200 yuan", "doctor_income_from_alliance_yuan", 1),
        between("0 arrives, 200 yuan", "0.7 arrives, 200 yuan", "share_satisfied_with_payment", 1),
    ),
    world={"population.share_separate_centres": 0.5},
)  # fmt: skip
M10B = Experiment(
    "M10 private first",
    "What does growth through private clinics bring besides volume?",
    {
        "public": ((FROM_THE_START, {"population.n_centres": 25}),),
        "private": ((FROM_THE_START, {"population.n_centres": 8}),),
    },
    (
        between("public", "private", "share_antibiotic", 1, "more needless drugs"),
        between("public", "private", "share_abnormal_prescriptions", 1, "at alliance visits too"),
        between("public", "private", "private_doctor_income_from_alliance_yuan", 1, "private doctors react faster"),
        between("public", "private", "n_alliance_visits", 0),
    ),
    world={"population.n_candidates": 250},  # the fitted number leaves no doctor for a clinic where there are 25 centres
)
LOOSE = Experiment(
    "loose against funded",
    "Does an alliance hold that nobody pays for?",
    {"funded": (), "loose": ((FROM_THE_START, {"fund.plan.is_running": 0}),)},
    (
        between("funded", "loose", "n_accredited_doctors", -1, "after ten years"),
        between("funded", "loose", "hospital_effort", -1, "after ten years"),
        between("funded", "loose", "n_left_alliance", 1),
        between("funded", "loose", "n_alliance_visits", -1),
        between("funded", "loose", "share_first_contact_primary", -1),
        between("funded", "loose", MISSED_ALL, 0),
        between("funded", "loose", "own_payment_yuan", 1, "families pay more themselves"),
        between("funded", "loose", "own_payment_of_year_fifth_1_yuan", 1, "the poorest fifth too"),
        between("funded", "loose", "share_catastrophic_fifth_1", 0, "the poorest fifth"),
        between("funded", "loose", "hospital_income_yuan", 0),
        between("funded", "loose", "centre_income_yuan", 0),
        between("funded", "loose", "clinic_income_yuan", 0),
        between("funded", "loose", "basic_insurance_yuan", 0),
        between("funded", "loose", "subsidy_yuan", -1, "the government keeps its subsidy"),
    ),
    scenario="scenarios/loose_alliance.toml",
    world={"fund.plan.is_running": 1},
)

MECHANISMS = (M1, M2, M3, M4, M6, M7, M8, M9, M10, M10B, LOOSE)
