"""What does the alliance hospital carry as an institution?"""

from agents.records import FLOAT, INT, Field

HOSPITAL = [
    Field("cut", FLOAT, "1", "result of the examination from which a doctor passes", "accredit"),
    Field("n_places_carried", FLOAT, "places", "part of a training place left over from last quarter", "accredit"),
    Field("training_hours_week", FLOAT, "h/week", "expert hours for training and examination in a week", "support"),
    Field("review_hours_week", FLOAT, "h/week", "expert hours for supervision in a week", "support"),
    Field("supervised_share", FLOAT, "1", "share of alliance visits that an expert supervises", "support"),
    Field("n_green_numbers", INT, "numbers", "reserved appointments of this week", "admit"),
    Field("n_green_given", INT, "numbers", "reserved appointments given in this week", "admit"),
    Field("alliance_rate", FLOAT, "1", "alliance-wide share of children whose need was confirmed", "learn"),
    Field("effort", FLOAT, "1", "effort for the alliance, 1 is all that the levers ask for", "support"),
    Field("n_referrals_seen_quarter", INT, "referrals", "recorded alliance referrals seen in this quarter", "support"),
    Field("saved_by_platform", FLOAT, "1", "share of the time for records and reviews that the platform saves", "invest"),
    Field("added_green_numbers", FLOAT, "numbers/week", "green numbers bought from the surplus, in force", "invest"),
    Field("added_until", INT, "week", "week until which they are given", "invest"),
    Field("quarter", INT, "quarter", "place of the current quarter in the committee's four", "review"),
    Field("week_begun", INT, "week", "week from which the hospital's promise runs, -1 before", "support"),
]
