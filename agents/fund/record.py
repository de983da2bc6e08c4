"""What does the fund carry besides its accounts?"""

from agents.records import FLOAT, INT, Field

FUND = [
    Field("expected_benefit_yuan", FLOAT, "yuan/year", "what families believe a member gets back in a year", "join"),
    Field("loss_brought_forward_fen", INT, "fen", "losses of earlier years not yet made good", "surplus"),
    Field("surplus_available_fen", INT, "fen", "surplus of the last closed year", "surplus"),
    Field("solvency_ratio", FLOAT, "1", "capital over required capital at the last closing", "solvency"),
    Field("visits_to_come", FLOAT, "visits/week", "capacity bought at the last closing, not yet in effect", "invest"),
    Field(
        "skill_to_come",
        FLOAT,
        "1",
        "skill bought at the last closing, for all accredited doctors together, not yet in effect",
        "invest",
    ),
    Field("week_of_effect", INT, "week", "week in which they take effect, -1 if nothing is to come", "invest"),
    Field("n_years_invested", INT, "years", "closings at which something was invested", "surplus"),
]
