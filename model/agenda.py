"""In which month of the year does something come up for which household?

A row for renewals of membership and one for contracts with a family doctor, shape (2, n_households): the place of the
month in the year, NOTHING where there is none. A month goes through one small row of numbers instead of every household,
and members are those with a month of renewal.
"""

from agents.compiled import compiled
from agents.units import MONTHS_PER_YEAR

RENEWAL, CONTRACT = range(2)
N_ROWS = 2
NOTHING = -1


@compiled
def write_down(agenda, what, month, household):
    """From the coming year on, this comes up for the household in this month of the year."""
    agenda[what, household] = month % MONTHS_PER_YEAR


@compiled
def cross_out(agenda, what, household):
    """This comes up for the household no more."""
    agenda[what, household] = NOTHING
