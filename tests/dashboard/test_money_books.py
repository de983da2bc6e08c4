"""Do the money room's flows, balance sheets and chances say what the ledger says, to the fen?"""

import numpy as np
import pytest

from dashboard import worlds
from dashboard.rooms.money import flows, ruin, sheet
from dashboard.rooms.money.books import FUND, Books, Closing, books_of, look, read
from dashboard.rooms.money.flow_picture import flow_parts
from dashboard.rooms.money.postings import postings
from dashboard.rooms.money.statements import hundred_said, kind_rows
from dashboard.texts import LANGUAGES, Texts, catalogue
from dashboard.worlds import Base
from experiments.interval import share_interval
from model import calendar, ledger
from model.refusal import ScenarioError
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

RICH = (
    ("fund.cover_severe.share_covered", 0.6),
    ("fund.pay.yuan_per_avoided_referral", 200.0),
    ("fund.surplus.advance_yuan", 100000.0),
)
RUIN = (("fund.plan.covered_share", 0.9), ("fund.plan.premium_yuan", 40.0), ("government.subsidise.yuan_per_year", 0.0))


def base_of(n_children: int) -> Base:
    with small_worlds(n_children):
        return worlds.base()


@pytest.fixture(scope="module")
def base() -> Base:
    return base_of(1500)


@pytest.fixture(scope="module", params=[(), RICH, RUIN], ids=["baseline", "rich", "ruin"])
def books(request: pytest.FixtureRequest, base: Base) -> Books:
    return books_of(base, 1, request.param)


def test_what_came_in_is_what_went_out_and_what_is_kept_in_every_year(books: Books) -> None:
    for year in books.years:
        found = flows.flows(books, year)
        assert found.came_in == found.went_out + found.change
        assert sum(found.recipients.values()) == found.went_out
        for purpose, fen in found.spent.items():
            assert sum(amount for (of, _), amount in found.recipients.items() if of == purpose) == fen


def test_every_node_of_the_picture_lets_out_what_it_takes_in(books: Books) -> None:
    for year in books.years:
        nodes, links = flow_parts(Texts("en"), flows.flows(books, year), "")
        for node in nodes:
            received = sum(link["fen"] for link in links if link["target"] == node["name"])
            given = sum(link["fen"] for link in links if link["source"] == node["name"])
            is_end = not received or not given
            assert is_end or received == given
            assert node["depth"] in (0, 2, 3) or received == given


def test_every_balance_sheet_balances_to_the_fen(books: Books) -> None:
    for year in books.years:
        found = sheet.sheet(books, year)
        assert found.is_balanced
        held = books.balance(year, *FUND)
        debts = found.funds.get("overdraft", 0) + found.funds.get("to_settle", 0)
        assert found.total - debts == held


def test_the_change_of_what_the_fund_holds_is_that_between_two_balance_sheets(books: Books) -> None:
    for before, year in zip(books.years, books.years[1:], strict=False):
        change = flows.flows(books, year).change
        assert change == books.balance(year, *FUND) - books.balance(before, *FUND)


def test_the_weeks_of_a_year_add_up_to_the_year(books: Books) -> None:
    for year in books.years[1:]:
        for reason in range(len(ledger.REASONS)):
            assert sum(books.paid_in_week(week, reason) for week in books.weeks(year)) == books.paid(year, reason)


def test_the_books_are_those_of_the_engine(base: Base) -> None:
    from model.alliance import AllianceModel

    model = AllianceModel(base.scenario, seed=1).run_until(base.last_week)
    weekly = model.weekly()
    books = read(model)
    of_2021 = weekly[[calendar.week(week).year == 2021 for week in range(len(weekly))]]
    assert books.paid(2021, ledger.PREMIUM) / 100 == pytest.approx(of_2021["fund_premium_yuan"].sum())
    assert np.array_equal(books.by_year, books_of(base, 1, ()).by_year)
    assert books.balance(2025, *FUND[:3]) / 100 == pytest.approx(weekly["fund_reserve_yuan"].iloc[-1])
    assert books.closings[-1].ratio == weekly["solvency_ratio"].iloc[-1]


def test_a_ruined_plan_is_wound_up_once_and_judged_no_more(base: Base) -> None:
    closings = books_of(base, 1, RUIN).closings
    ended = [one.year for one in closings if one.is_wound_up]
    assert ended
    assert ended == list(range(ended[0], 2026))
    assert all(np.isnan(one.ratio) for one in closings if one.year > ended[0])


def test_every_reason_of_the_ledger_stands_in_one_group() -> None:
    assert sorted(reason for reasons in flows.GROUPS.values() for reason in reasons) == list(range(len(ledger.REASONS)))
    shown = [reason for reasons in flows.PURPOSES.values() for reason in reasons]
    assert all(not set(ledger.MATRIX[ledger.REASONS[reason]][0]) - set(FUND) for reason in shown)


def test_every_account_and_reason_has_a_name_of_its_own_in_both_languages() -> None:
    for section, names in (("money_kind", ledger.REASONS), ("money_account", ledger.ACCOUNT_KINDS)):
        assert {key.split(".")[1] for key in catalogue() if key.startswith(f"{section}.")} == set(names)
        for language in LANGUAGES:
            assert len({Texts(language)(f"{section}.{name}") for name in names}) == len(names)


def test_no_two_nodes_of_the_picture_have_one_name() -> None:
    for texts in map(Texts, LANGUAGES):
        names = [texts(f"money_kind.{ledger.REASONS[reason]}") for reason in flows.INCOME]
        names += [texts(f"money_purpose.{purpose}") for purpose in flows.PURPOSES]
        names += [texts(f"money_account.{kind}") for kind in ledger.ACCOUNT_KINDS]
        names += [texts("money.fund"), texts("money.put_aside"), texts("money.taken")]
        assert len(set(names)) == len(names)


def test_single_postings_add_up_to_the_ledger_in_history_and_policy_years(base: Base) -> None:
    books = books_of(base, 1, RICH)
    for week, reason in (
        (calendar.FIRST_POLICY_WEEK - 20, ledger.OWN_PAYMENT),
        (calendar.FIRST_POLICY_WEEK + 60, ledger.COVERED_VISIT),
    ):
        found = postings(base, 1, RICH, week, reason, lambda _: None)
        whole = found.whole_week()
        assert found.fen == books.paid_in_week(week, reason) == whole.loc[whole["reason"] == ledger.REASONS[reason], "fen"].sum()
        assert found.n_of_week == len(whole) > found.n >= len(found.rows) > 0


def test_the_table_of_all_payments_adds_up_to_the_books(base: Base) -> None:
    found = look(base, 1, RICH, lambda _: None)
    table = flows.payments(found.policy, found.baseline)
    for year in found.policy.years:
        of_year = table[table["year"] == year]
        for reason, name in enumerate(ledger.REASONS):
            rows = of_year[of_year["reason"] == name]
            assert rows["policy_fen"].sum() == found.policy.paid(year, reason)
            assert rows["baseline_fen"].sum() == found.baseline.paid(year, reason)
    assert (table["difference_fen"] == table["policy_fen"] - table["baseline_fen"]).all()


def test_the_hundred_yuan_are_spent_or_kept(base: Base) -> None:
    books = books_of(base, 1, ())
    said, parts = hundred_said(Texts("en"), books, 2025)
    found = flows.flows(books, 2025)
    shares = [float(part["value"].split()[0].replace(",", "")) for part in parts]
    assert sum(shares) == pytest.approx(100 * max(found.came_in, found.went_out) / found.income[ledger.PREMIUM], abs=0.6)
    assert "2025" in said["sentence"]


def test_rows_of_payments_show_a_difference_only_where_something_was_moved(base: Base) -> None:
    same, moved = look(base, 1, (), lambda _: None), look(base, 1, RICH, lambda _: None)
    assert {len(row["cells"]) for group in kind_rows(Texts("en"), same, 2024) for row in group["rows"]} == {2}
    assert {len(row["cells"]) for group in kind_rows(Texts("zh"), moved, 2024) for row in group["rows"]} == {4}


def test_a_policy_that_contradicts_itself_is_refused_in_one_line(base: Base) -> None:
    with pytest.raises(ScenarioError):
        books_of(base, 1, (("fund.no_such_lever", 1.0),))


@pytest.mark.parametrize(
    ("n", "n_worlds", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634), (0, 1, 0.0, 0.7935)],
)
def test_the_interval_of_a_share_is_wilsons(n: int, n_worlds: int, low: float, high: float) -> None:
    assert share_interval(n, n_worlds) == pytest.approx((low, high), abs=1e-4)


def test_chances_count_a_world_from_the_year_in_which_it_happened() -> None:
    fine = [Closing(year, 1.5, 1.0, 0.0, is_wound_up=False) for year in (2021, 2022, 2023)]
    dips = [fine[0], Closing(2022, 0.6, 1.0, 0.0, is_wound_up=False), fine[2]]
    nan = float("nan")
    ends = [fine[0], Closing(2022, -0.1, 1.0, 0.0, is_wound_up=True), Closing(2023, nan, 1.0, 0.0, is_wound_up=True)]
    worlds_ = (fine, dips, ends)
    assert [one.n for one in ruin.wound_up(worlds_)] == [0, 1, 1]
    assert [one.n for one in ruin.short(worlds_)] == [0, 2, 2]
    assert {one.n_worlds for one in ruin.short(worlds_)} == {3}
