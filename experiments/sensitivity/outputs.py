"""Which answers are asked how much they depend on the assumed numbers?

Five indicators of model/indicators.py over the whole case, history and policy years: what is referred, what is missed, what the
fund has, what care costs everybody, what it costs basic insurance.
"""

from typing import Any

Table = Any  # a pandas.DataFrame, of which a type checker knows less than it can do

OUTPUTS = {
    "share_referred": "recorded referral",
    "n_missed_serious_per_1000_serious": "missed serious cases",
    "fund_reserve_yuan": "fund balance",
    "cost_per_child_yuan": "cost per child, all payers",
    "basic_insurance_yuan": "basic-insurance spending",
}
