"""The dashboard of an alliance whose fund never has a surplus: the lowest premium, the highest administration."""

from dashboard import worlds
from dashboard.page import Layout, Page

LEAN = {"fund.plan.premium_yuan": 40.0, "fund.plan.administration_share": 0.35}
as_declared = worlds.scenario


def lean_scenario(name: str) -> worlds.Scenario:
    return as_declared(name).with_settings(LEAN)


worlds.scenario = lean_scenario

__all__ = ["Layout", "Page"]
