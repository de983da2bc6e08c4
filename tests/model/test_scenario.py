"""Does a scenario say what its file says, and is what it may not say refused?"""

import contextlib
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from experiments.explain import readers_of
from model import calendar, memory
from model.parameters import declarations, defaults
from model.refusal import LONGEST_LINE
from model.scenario import Scenario, ScenarioError, load_scenario
from model.scenario_file import LARGEST_FILE
from model.settings import OF_THE_BEGINNING, groups, is_of_the_beginning
from tests.steps import Steps

SHARE = "fund.surplus.reinvested_share"
FILES_OF_THE_BEGINNING = tuple(f"model/{name}.py" for name in ("population", "places", "genesis", "examination", "severe"))

STEPS_OF_CHARACTER = 10

unit, prop = pytest.mark.unit, pytest.mark.property


def written(folder: Path, content: str | bytes, name: str = "some.toml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def few_steps_for(n_characters: int) -> Steps:
    """Fails where reading takes more than a few steps for each character, as whatever is quadratic would by far."""
    return Steps("tomllib", "model", most=STEPS_OF_CHARACTER * n_characters, at_most=lambda: pytest.fail("too many steps"))


@unit
def test_an_empty_file_is_the_declared_world(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, ""))
    assert scenario.is_empty
    assert scenario.values == defaults()


@unit
@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbffund.surplus.reinvested_share = 1", b"[fund.surplus]\r\nreinvested_share = 1\r\n"]
)
def test_a_byte_order_mark_and_foreign_line_ends_are_no_matter(content: bytes, tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, content))
    assert scenario.values[SHARE] == 1.0
    assert not scenario.is_empty


@unit
def test_a_scenario_says_only_what_differs_from_the_one_it_extends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    written(tmp_path, "title = 'Base'\nfund.surplus.reinvested_share = 0.2\nfund.plan.is_running = false", "base.toml")
    written(tmp_path, "extends = '../base.toml'\nquestion = 'Why?'", "sub/middle.toml")
    scenario = load_scenario(written(tmp_path, "extends = 'sub/middle.toml'\ntitle = 'Top'\nfund.surplus.reinvested_share = 0.9"))
    assert (scenario.name, scenario.title, scenario.question) == ("some", "Top", "Why?")
    assert scenario.values == defaults() | {SHARE: 0.9, "fund.plan.is_running": 0}
    assert scenario.files == ("base.toml", "middle.toml", "some.toml")


@unit
def test_changes_hold_from_their_week_on_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    later = "[[change]]\nfrom = 2023-01-05\nfund.surplus.reinvested_share = 0.9\n"
    earlier = "[[change]]\nfrom = 2021-01-04\n[change.fund.surplus]\nreinvested_share = 0.7\n"
    segments = load_scenario(written(tmp_path, later + earlier)).segments()
    assert [(week, values[SHARE]) for week, values in segments] == [
        (0, 0.5), (calendar.index_of(date(2021, 1, 4)), 0.7), (calendar.index_of(date(2023, 1, 2)), 0.9),
    ]  # fmt: skip


@unit
def test_the_later_line_of_two_changes_in_one_week_holds(tmp_path: Path) -> None:
    text = "".join(
        f"[[change]]\nfrom = {day}\nfund.surplus.reinvested_share = {x}\n" for day, x in (("2021-01-05", 0.1), ("2021-01-06", 0.2))
    )
    assert load_scenario(written(tmp_path, text)).segments()[-1][1][SHARE] == 0.2


CHANGE = "[[change]]\nfrom = 2023-01-02\n"
REFUSED = {
    "fund.surplus.reinvested_shar = 1": f"'fund.surplus.reinvested_shar'; the nearest known key is {SHARE}",
    "titel = 'x'": "unknown key 'titel'; the nearest known name is title",
    "from = 2023-01-02": "unknown key 'from'",
    f"{CHANGE}because = 'x'": "unknown key 'because'",
    "fund.surplus = 3": f"fund.surplus is a group of settings, not a setting; allowed are {SHARE}, ",
    f"[{SHARE}]": f"{SHARE} is a table; allowed is {SHARE} = a number",
    f"'{SHARE}' = 1": "has dots inside quotes; allowed are names without quotes",
    f"{SHARE} = 1.01": "is 1.01, out of range; allowed is a number from 0 to 1",
    f"{SHARE} = nan": "is nan, which is not finite; allowed is a number from 0 to 1",
    f"{SHARE} = 1{'0' * 400}": "is a whole number of 401 digits, out of range",
    f"{SHARE} = 0x{'f' * 9000}": "is a number of thousands of digits, out of range",
    "population.n_children = 1000.5": "is not whole; allowed is a whole number from 200 to 5,000,000 persons",
    "fund.plan.is_running = 2": "is 2, out of range; allowed is 0 or 1",
    "extends = 'some.toml'": "extends goes in a circle, some.toml -> some.toml; allowed is a chain that ends",
    "extends = ''": "extends is '', which is empty; allowed is a file of the scenario's folder",
    "extends = '/etc/passwd'": "which is an absolute path",
    "extends = '../other.toml'": "which leaves the scenario's folder",
    f"{SHARE} = true": "is true, which is not a number; allowed is a number from 0 to 1",
    "[[change]]\nfrom = '2023-01-02'": "from is '2023-01-02'; allowed is a date from 2017-11-27 to 2030-12-23",
    "[[change]]\nfrom = 2031-01-06": "change.from is 2031-01-06; allowed is a date",
    f"{CHANGE}population.n_children = 300": "shapes the world's first day; allowed is one value from the start",
    "population.n_candidates = 60": "n_centres x doctors_per_centre is 120; allowed are at most the 60 doctors",
    f"title = '{'x' * 2001}'": "title has 2,001 characters; allowed are at most 2,000",
    "title = 'a": "is not valid TOML",
}


@unit
@pytest.mark.parametrize("content", REFUSED)
def test_a_refusal_says_what_was_found_and_what_is_allowed(content: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(written(tmp_path, content))
    assert str(refused.value).startswith("some.toml: ")
    assert REFUSED[content] in str(refused.value)


@unit
def test_a_link_out_of_the_folder_and_a_path_from_the_root_are_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link.toml").symlink_to(written(tmp_path, "", "outside.toml"))
    for extends, reason in (("link.toml", "leaves"), (written(inner, "", "inside.toml"), "is an absolute path")):
        with pytest.raises(ScenarioError, match=f"which {reason}"):
            load_scenario(written(inner, f"extends = '{extends}'"))


@unit
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "")
    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(ScenarioError, match=r"some\.toml: cannot be read \(Permission denied\)"):
        load_scenario(path)


@unit
@pytest.mark.parametrize("form", ["a{}=1", "[a{}]", "x={{a{}=1}}", '"a"{}=1', "x='[['\n[[a{}]]"])
@pytest.mark.parametrize("part", [".a", " . a", '."a"', ".'a'"])
def test_a_long_key_is_refused_before_the_parser_takes_seconds_over_it(
    form: str, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, form.format(part * (40_000 // len(part))))
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("the parser was asked"))
    with few_steps_for(40_000), pytest.raises(ScenarioError, match="a key of more than 5 parts; allowed are 5"):
        load_scenario(path)


HARMLESS = [
    'because = "a.b.c.d.e.f.g.h [[[[[[[[[["', "because = 'a.b.c.d.e.f.g [[[[[[[[[['", "# a.b.c.d.e.f.g [[[[[[[[[[\n",
    'because = """\na.b.c.d.e.f.g\n[[[[[[[[[["""""', "because = '''\n[[[[[[[[[['''''", 'because = "\\"[[[[[[[[[[\\""',
    "[[change]]\nfrom = 2023-01-02\n[change.fund.surplus]\nreinvested_share = 0.5",
]  # fmt: skip


@unit
@pytest.mark.parametrize("content", HARMLESS)
def test_dots_and_brackets_in_texts_and_comments_are_no_matter(content: str, tmp_path: Path) -> None:
    load_scenario(written(tmp_path, content))


LINES = [
    "a{n} = 1\n",
    "[a{n}]\n",
    "[a.b.c.d.e{n}]\na.b.c.d.e = 1\n",
    "[[change]]\nfrom = 2023-01-02\n",
    "x=1.1.",
    "[1.5,",
]
LINES += ["'", '"', '"\\', '"""\\"', "a={{", "\\\n", "fund.surplus.a{n} = 1\n"]


@unit
@pytest.mark.parametrize("line", LINES)
def test_the_largest_file_of_anything_is_answered_in_few_steps(line: str, tmp_path: Path) -> None:
    n = LARGEST_FILE // len(line)
    path = written(tmp_path, "".join(line.format(n=i) for i in range(n))[:LARGEST_FILE])
    with few_steps_for(LARGEST_FILE), contextlib.suppress(ScenarioError):
        load_scenario(path)


MARKS = ["[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "'", '"', "'''", '"""', "\\", " ", "\n", "\r"]
MARKS += [
    "\x00",
    "\x1b",
    "\u2028",
    "\ufeff",
    "\ud800",
    "0x",
    "99999999999999999999",
    "-1",
    "0.5",
    "nan",
    "1e400",
    "true",
]
MARKS += [
    "change",
    "from",
    "2023-01-02",
    "2023-01-02T00:00:00",
    "fund",
    "surplus",
    "reinvested_share",
    "extends",
    "title",
]


@prop
@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join) | st.text(max_size=60))
@example("[[change]]\nfrom=2023-01-02\nfund.surplus.reinvested_share=0.5")
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_scenario_or_one_printable_line(tmp_path: Path, text: str) -> None:
    line = ""
    try:
        load_scenario(written(tmp_path, text.encode("utf-8", "surrogatepass")))
    except ScenarioError as refused:
        line = str(refused)
    assert line.isprintable()
    assert len(line) <= LONGEST_LINE


@prop
@given(key=st.sampled_from(sorted(declarations())), share=st.floats(0, 1))
def test_every_number_of_a_range_is_allowed_and_none_outside(key: str, share: float) -> None:
    parameter = declarations()[key]
    scenario = Scenario("some", defaults() | {"population.n_candidates": 600, "population.n_centres": 4})
    if key == "population.n_children":
        return  # too large a population is refused for another reason
    value = parameter.low + share * (parameter.high - parameter.low)
    value = int(value) if parameter.is_whole else min(value, parameter.high)
    assert scenario.with_settings({key: value}).values[key] == value
    for outside in (parameter.low - 1, parameter.high + 1, float("nan"), "0", None, [1]):
        with pytest.raises(ScenarioError):
            scenario.with_settings({key: outside})


@unit
def test_a_setting_from_a_date_leaves_the_past_alone() -> None:
    scenario = Scenario("some", defaults()).with_settings({SHARE: 0.9}, calendar.POLICY_START)
    assert scenario.segments_until(calendar.FIRST_POLICY_WEEK) == Scenario("some", defaults()).segments()
    assert scenario.segments()[-1] == (calendar.FIRST_POLICY_WEEK, defaults() | {SHARE: 0.9})


@unit
@pytest.mark.parametrize("key", sorted(OF_THE_BEGINNING))
def test_numbers_without_a_date_are_read_only_when_the_world_begins(key: str) -> None:
    assert key in declarations()
    readers = {reader.partition(":")[0] for reader in readers_of(key)}
    assert readers & set(FILES_OF_THE_BEGINNING)
    with pytest.raises(ScenarioError, match="first day"):
        Scenario("some", defaults()).with_settings({key: declarations()[key].value}, calendar.POLICY_START)


@unit
def test_no_lever_is_a_number_of_the_beginning() -> None:
    assert [key for key, p in declarations().items() if p.role == "lever" and is_of_the_beginning(key)] == []
    assert groups().isdisjoint(declarations())


@unit
def test_a_population_is_refused_before_the_world_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.genesis.begin", lambda *_: pytest.fail("memory was taken"))
    monkeypatch.setattr("model.scenario.available_bytes", lambda: 1_000_000_000)
    with pytest.raises(ScenarioError, match=r"n_children is 3,000,000, which needs about 6\.1 GB of memory; allowed is .* 1\.0 GB"):
        Scenario("some", defaults()).with_settings({"population.n_children": 3_000_000})


@unit
def test_free_memory_is_the_least_that_anybody_allows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("memory.max", "5000"), ("memory.current", "2000")):
        (tmp_path / name).write_text(value)
    assert memory._free_in_groups(tmp_path) == [3000]
    (tmp_path / "memory.max").write_text("max")
    assert memory._free_in_groups(tmp_path) == []
    monkeypatch.setattr(memory, "_free_on_machine", lambda: 7000)
    monkeypatch.setattr(memory, "_free_in_groups", lambda: [3000])
    monkeypatch.setattr(memory, "_free_in_process", lambda: None)
    assert memory.available_bytes() == 3000
