"""What does the fund carry besides its accounts?"""

from agents.records import FLOAT, INT, Field

FUND = [
    Field("expected_benefit_yuan", FLOAT, "yuan/year", "what families believe a member gets back in a year", "join"),
    Field("loss_brought_forward_fen", INT, "fen", "losses of earlier years not yet made good", "surplus"),
    Field("surplus_available_fen", INT, "fen", "surplus of the last closed year", "surplus"),
    Field("solvency_ratio", FLOAT, "1", "capital over required capital at the last closing", "solvency"),
    Field("n_years_invested", INT, "years", "closings at which something was invested", "surplus"),
    Field("premium_yuan", FLOAT, "yuan/year", "premium in force", "price"),
    Field("listed_yuan", FLOAT, "yuan/year", "value of the lever that the premium started from", "price"),
    Field("is_selling", INT, "flag", "takes new members", "solvency"),
    Field("is_closed", INT, "flag", "closed for good", "solvency"),
    Field("n_premiums_year", INT, "premiums", "monthly premiums billed since the last closing", "plan"),
    Field("visits_to_come", FLOAT, "visits/week", "capacity bought, not yet in effect", "invest"),
    Field("week_of_equipment", INT, "week", "week in which it takes effect, -1 if nothing is to come", "invest"),
    Field("skill_to_come", FLOAT, "1", "skill bought for all accredited doctors together, not yet in effect", "invest"),
    Field("week_of_training", INT, "week", "week in which it takes effect, -1 if nothing is to come", "invest"),
    Field("platform_to_come_yuan", FLOAT, "yuan", "investment in the platform, not yet in effect", "invest"),
    Field("week_of_platform", INT, "week", "week in which it takes effect, -1 if nothing is to come", "invest"),
    Field("platform_yuan", FLOAT, "yuan", "worth of the platform, for the declared zone", "invest"),
    Field("green_to_come", FLOAT, "numbers/week", "green numbers bought, not yet given", "invest"),
    Field("week_of_green_numbers", INT, "week", "week in which they are given, -1 if nothing is to come", "invest"),
]
