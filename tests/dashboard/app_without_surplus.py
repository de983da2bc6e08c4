"""The dashboard of an alliance whose fund never has a surplus: the lowest premium, the highest administration."""

from dashboard import worlds
from dashboard.page import Layout, Page, routes

LEAN = {"fund.plan.premium_yuan": 40.0, "fund.plan.administration_share": 0.35}
as_declared = worlds.base()
worlds.base = lambda name="huaxi": worlds.base_of(name, as_declared.scenario.with_settings(LEAN))

__all__ = ["Layout", "Page", "routes"]
