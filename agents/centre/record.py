"""What does a place of care carry, and what does a neighbourhood know of its providers?"""

from agents.records import FLOAT, INT, Field

CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL, ALLIANCE_HOSPITAL = range(5)
SITE_KINDS = ("centre", "clinic", "maternal_hospital", "other_hospital", "alliance_hospital")

SITE = [
    Field("kind", INT, "kind", "0 centre, 1 clinic, 2 maternal-and-child, 3 other, 4 alliance hospital", "population"),
    Field("price_fen", INT, "fen/visit", "cost of a visit", "population"),
    Field("capacity_today", INT, "visits", "children it can see today, from the zone and from elsewhere", "wait"),
    Field("n_seen_today", INT, "visits", "zone children seen today", "choose_provider"),
    Field("background_per_day", FLOAT, "visits/day", "children from elsewhere in a day of this week", "wait"),
    Field("wait_hours", FLOAT, "h", "waiting that families expect", "wait"),
    Field("n_seen_week", INT, "visits", "zone children seen in this week", "wait"),
    Field("turn", INT, "doctors", "doctor whose turn it is at a centre", "choose_provider"),
    Field("is_separate", INT, "flag", "under separate revenue and expenditure: receipts go to the treasury", "population"),
    Field("x_km", FLOAT, "km", "position, east", "population"),
    Field("y_km", FLOAT, "km", "position, north", "population"),
    Field("first_doctor", INT, "row", "first of its doctors", "population"),
    Field("n_doctors", INT, "persons", "doctors who work here", "population"),
    Field("capacity_per_day", FLOAT, "visits/day", "children it can see in a day, from the zone and from elsewhere", "wait"),
    Field("utilisation", FLOAT, "1", "smoothed share of capacity in use", "wait"),
]

N_ALTERNATIVES = 8

COMMUNITY = [
    Field("x_km", FLOAT, "km", "position, east", "population"),
    Field("y_km", FLOAT, "km", "position, north", "population"),
    Field("n_children", INT, "persons", "children in the register now", "population"),
    Field("p_consider", FLOAT, "1/month", "probability that a household here considers the plan this month", "join"),
    Field("n_member_children", INT, "persons", "those of them who are members", "join"),
]
