"""Which institutions act, and when?

Each is a Mesa agent with a `step` of its own that runs its decisions on its row: the zone every week, the fund every
month, the hospital every quarter, the government every year.
"""

import mesa

from model import month, quarter, week, year


class Zone(mesa.Agent):
    """Families, doctors and the hospitals' doors: one week."""

    def step(self) -> None:
        """Run the week."""
        model = self.model
        week.run_week(model.world, model.stream(), model.week, model.seed_key)


class Fund(mesa.Agent):
    """The mutual-aid fund: one month."""

    def step(self) -> None:
        """Bill, pay, settle."""
        month.end_month(self.model.world, self.model.seed_key)


class Hospital(mesa.Agent):
    """The alliance hospital as an institution: one quarter."""

    def step(self) -> None:
        """Train, examine, divide the experts' hours."""
        quarter.end_quarter(self.model.world, self.model.seed_key, self.model.sd_skill)


class Government(mesa.Agent):
    """District government and supervision of the fund: one year."""

    def step(self) -> None:
        """Settle incentives and close the year's books."""
        year.end_year(self.model.world, self.model.seed_key)
