"""Do browser, terminal and Python give the same numbers, to the last digit shown?"""

import pytest
from playwright.sync_api import Browser

from tests.dashboard.conftest import N_CHILDREN, small_worlds
from tests.dashboard.same_numbers import check, states

pytestmark = pytest.mark.browser


def test_two_random_states_give_the_same_numbers_through_all_doors(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")
    with small_worlds(int(N_CHILDREN)):
        for state in states(2, seed=1):
            assert check(page, address, state) == []
    page.close()
