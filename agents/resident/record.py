"""What does a child carry, and what does its household?"""

from agents.records import FLOAT, INT, Field

CHILD = [
    Field("household", INT, "row", "household the child lives in", "population"),
    Field("first_week", INT, "week", "week in which the child enters the register", "population"),
    Field("last_week", INT, "week", "week of the fifteenth birthday: from then on the child is gone", "population"),
    Field("n_illnesses", INT, "illnesses", "illnesses so far", "illness"),
    Field("n_visits", INT, "visits", "completed visits so far", "choose_provider"),
    Field("outpatient_year", INT, "year", "calendar year to which the next field belongs", "reimburse"),
    Field("outpatient_paid_fen", INT, "fen", "what basic insurance paid for outpatient visits in that year", "reimburse"),
    Field("own_paid_fen", INT, "fen", "own payments of the family so far", "plan"),
    Field("frailty", FLOAT, "1", "how often the child is ill against others of its age", "population"),
    Field("n_missed_serious", INT, "illnesses", "serious illnesses that were missed", "refer"),
]

HOUSEHOLD = [
    Field("community", INT, "row", "neighbourhood the household lives in", "population"),
    Field("is_member", INT, "flag", "whether the household is a member of the plan", "join"),
    Field("trust_primary", FLOAT, "1", "trust in ordinary primary care", "trust"),
    Field("trust_alliance", FLOAT, "1", "trust in accredited doctors", "trust"),
    Field("trust_hospital", FLOAT, "1", "trust in hospitals", "trust"),
    Field("usual_provider", INT, "alternative key", "provider that helped last time, -1 if none", "trust"),
    Field("own_paid_year_fen", INT, "fen", "own payments for care in this year so far", "bear_cost"),
    Field("signed_with", INT, "row", "place with whose family doctors the household has a contract, -1 if none", "sign"),
    Field("n_children", INT, "persons", "children in the register now", "population"),
    Field("income_yuan", FLOAT, "yuan/year", "yearly income", "population"),
    Field("risk", FLOAT, "1", "mean frailty of its children: what it knows of its own risk", "population"),
    Field("n_changes_of_provider", INT, "changes", "times the usual provider changed", "trust"),
    Field("fifth", INT, "group", "fifth of income: 0 the poorest, 4 the richest", "population"),
]
