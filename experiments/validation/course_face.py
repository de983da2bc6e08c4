"""What can a reader check by eye, where, and who has done it?

Face validity is the judgement of people who know the field. None of these is marked as held by the program: until a named person
with a date stands here, each is open.
"""

from experiments.validation.check import Check, still_open

NOBODY = "No planner of the alliance, no paediatrician and no insurer has looked at it yet."
TO_LOOK_AT = (
    (
        "a child's story",
        "Would a parent or a doctor believe what happens to this child, step by step?",
        "alliance trace scenarios/huaxi.toml --pick missed, then --child N --rules (docs/first-hour.md)",
        "a family that acts against its interest, a visit out of order, an illness no child has",
    ),
    (
        "a doctor's and a place's quarter",
        "Are visits, referrals, pay and learning of one doctor of a size that one knows?",
        "alliance trace scenarios/huaxi.toml --doctor 0 and --site 0",
        "forty visits where there are four, pay that nobody would work for",
    ),
    (
        "the order of the week",
        "Do things happen in the order in which they happen?",
        "ARCHITECTURE.md, 'A week', and the schedule of the model's description (ODD)",
        "a decision that reads what is not known yet when it is taken",
    ),
    (
        "the rules",
        "Would the actor decide by these things and in this direction?",
        "docs/parameters.md, docs/assumptions.md; one file for each decision under agents/",
        "a reason to act that is missing, a number that somebody knows better",
    ),
    (
        "what is left out",
        "Is anything left out that would change the answer?",
        "docs/left-out.md, docs/case.md",
        "an omission that moves an answer more than its interval",
    ),
    (
        "the district",
        "Are places, distances, families and doctors those of a real zone?",
        "alliance network scenarios/huaxi.toml --out zone.png; alliance district scenarios/qinghe.toml",
        "children whom nobody can reach, a centre without patients",
    ),
)


def face_checks() -> list[Check]:
    """What to look at, open until somebody did."""
    return [
        still_open(f"by eye: {name}", question, f"nothing like: {against}", f"Where: {where}. {NOBODY}", "face")
        for name, question, where, against in TO_LOOK_AT
    ]
