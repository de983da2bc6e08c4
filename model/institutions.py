"""Which institutions act, and when?

Each is a Mesa agent with a `step` of its own that runs its decisions on its row: the zone every week, the fund every
month, the hospital every quarter, the government every year. The model's `step` gives each its turn; a second closing of the
books or a month without its weeks would be no world of this model, so a step by hand is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from model import month, quarter, week, year
from model.refusal import ScenarioError

if TYPE_CHECKING:
    from model.alliance import AllianceModel


class Institution(mesa.Agent):
    """Who acts when the model's week comes to its turn, and at no other time."""

    def in_turn(self) -> AllianceModel:
        """The model, whose week is under way; raises ScenarioError for a step by hand (`fund.step()`, `agents.do("step")`)."""
        if not self.model.is_week_under_way:
            found = "was called by hand"
            raise ScenarioError(
                f"{type(self).__name__}.step", found, "allowed is model.step(), which gives every institution its turn"
            )
        return self.model


class Zone(Institution):
    """Families, doctors and the hospitals' doors: one week."""

    def step(self) -> None:
        """Run the week."""
        model = self.in_turn()
        self.before_week()
        week.run_week(model.world, model.stream(), model.week, model.seed_key)

    def before_week(self) -> None:
        """What a zone has to settle first: nothing, where nobody says more."""


class Fund(Institution):
    """The mutual-aid fund: one month."""

    def step(self) -> None:
        """Bill, pay, settle."""
        model = self.in_turn()
        month.end_month(model.world, model.seed_key)


class Hospital(Institution):
    """The alliance hospital as an institution: one quarter."""

    def step(self) -> None:
        """Train, examine, divide the experts' hours."""
        model = self.in_turn()
        quarter.end_quarter(model.world, model.seed_key, model.sd_skill)


class Government(Institution):
    """District government and supervision of the fund: one year."""

    def step(self) -> None:
        """Settle incentives and close the year's books."""
        model = self.in_turn()
        year.end_year(model.world, model.seed_key)
