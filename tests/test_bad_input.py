"""Is every bad input answered by one clear line, at once, with nothing half-written?

Fifteen kinds and more, twenty generated cases each: in this process through the door's own function, and the first of each
kind through a real process as well. The cases are drawn from a seed, so that a failing one can be repeated.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
import experiments.request  # noqa: F401  (the time to import is measured in a process of its own)
from model.parameters import declarations

pytestmark = pytest.mark.property

N_CASES = 20
LONGEST_SECONDS = 2.0
LONGEST_LINE = 700
MEMORY_OF_PROCESS = 4_000_000_000
ROOT = Path(__file__).resolve().parent.parent
HUAXI = str(ROOT / "scenarios" / "huaxi.toml")
NUMBERS = {key: p for key, p in declarations().items() if p.unit != "flag" and not key.startswith("population.")}
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "a\nb",
    "\r\n\r\n",
    "\x07\x08",
    "\u202egnp.exe",
    "\u2028x",
    "\x7f",
    "\x9b2J",
    "\ud7ff\ufffe",
]

Dice = random.Random
Case = Callable[[Dice, Path, int], list[str]]


def a_run(folder: Path, content: str | bytes) -> list[str]:
    """A command line that runs a scenario file with this content."""
    path = folder / "bad.toml"
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return ["run", str(path)]


def setting(key: str, value: str) -> str:
    """One setting as a TOML file has it."""
    table, _, name = key.rpartition(".")
    return f"[{table}]\n{name} = {value}\n"


def a_key(dice: Dice) -> str:
    return dice.choice(list(NUMBERS))


def written(dice: Dice, key: str, value: str, folder: Path) -> list[str]:
    """The setting in a file or, as often, on the command line."""
    if dice.random() < 0.5 and not value.startswith(("[", "{")):
        return ["run", HUAXI, "--set", f"{key}={value}"]
    return a_run(folder, setting(key, value))


def unknown_key(dice: Dice, folder: Path, n: int) -> list[str]:
    *table, name = a_key(dice).split(".")
    at = dice.randrange(len(name))
    wrong = [name[:at] + "q" + name[at:], name + "_x", name[::-1] + "q", name.upper()][n % 4]
    return written(dice, ".".join([*table, wrong]), "1", folder)


def unknown_name(dice: Dice, folder: Path, n: int) -> list[str]:
    wrong = dice.choice(["titel", "extend", "fnud", "chnge", "fund.surpluss", "resident.jion", "name", "levers"])
    return a_run(
        folder,
        [f"{wrong} = 'x'", f"[{wrong}]\n", f"[[{wrong}]]\nx = 1", "[[change]]\nfrom = 2023-01-02\ntitle = 'x'"][n % 4],
    )


def wrong_type(dice: Dice, folder: Path, n: int) -> list[str]:
    value = ['"0.5"', "true", "[0.5]", "{ a = 1 }", "2023-01-02", "[[1, 2], [3]]", "''", "07:32:00", '"""x\ny"""'][
        n % 9
    ]
    return a_run(folder, setting(a_key(dice), value))


def not_whole(dice: Dice, folder: Path, n: int) -> list[str]:
    key = dice.choice([key for key, p in NUMBERS.items() if p.is_whole])
    return written(dice, key, f"{NUMBERS[key].low + dice.choice([0.5, 0.25, 1e-9])}", folder)


def out_of_range(dice: Dice, folder: Path, n: int) -> list[str]:
    parameter = NUMBERS[a_key(dice)]
    far = dice.choice([1, 7, 1000, 10**9])
    return written(dice, parameter.name, f"{parameter.low - far if n % 2 else parameter.high + far}", folder)


def not_finite(dice: Dice, folder: Path, n: int) -> list[str]:
    return written(dice, a_key(dice), ["nan", "inf", "-inf", "+nan", "1e400", "-1e999"][n % 6], folder)


def huge_number(dice: Dice, folder: Path, n: int) -> list[str]:
    digits = dice.choice([40, 400, 4_000, 20_000])
    return a_run(
        folder,
        setting(a_key(dice), ["9" * digits, "0x" + "f" * digits, "-1" + "0" * digits, "0b" + "1" * digits][n % 4]),
    )


def missing_file(dice: Dice, folder: Path, n: int) -> list[str]:
    name = [
        "missing.toml",
        "no/such/folder.toml",
        "x" * 300,
        "a\x00b.toml",
        "huaxi",
        "\x1b[2J.toml",
        "bad.toml/x",
        "~",
    ][n % 8]
    return ["run", name if n % 3 else str(folder / name)]


def circle(dice: Dice, folder: Path, n: int) -> list[str]:
    length = 1 + n % 10
    for i in range(length):
        (folder / f"c{i}.toml").write_text(f'extends = "c{(i + 1) % length}.toml"')
    return a_run(folder, f'extends = "{dice.choice(["c0.toml", "./c0.toml", "bad.toml"])}"')


def long_chain(dice: Dice, folder: Path, n: int) -> list[str]:
    length = 12 + n
    for i in range(length):
        (folder / f"c{i}.toml").write_text(f'extends = "c{i + 1}.toml"')
    (folder / f"c{length}.toml").write_text("")
    return a_run(folder, 'extends = "c0.toml"')


def leaving_folder(dice: Dice, folder: Path, n: int) -> list[str]:
    inner = folder / "inner"
    inner.mkdir()
    (folder / "outside.toml").write_text("")
    (inner / "link.toml").symlink_to(folder / "outside.toml")
    (inner / "bad.toml").write_text("")
    way = ["../outside.toml", "sub/../../outside.toml", str(folder / "outside.toml"), "link.toml", "/etc/passwd",
           str(inner / "bad.toml"), "../../../../../../etc/hostname", "./../inner/../outside.toml"][n % 8]  # fmt: skip
    return a_run(inner, f"extends = '{way}'")


def extends_nothing(dice: Dice, folder: Path, n: int) -> list[str]:
    value = [
        "''",
        "' '",
        "'.'",
        "'missing.toml'",
        "3",
        "['bad.toml']",
        '"a\\u0000b"',
        f"'{'x' * 300}'",
        "true",
        "'..'",
    ][n % 10]
    return a_run(folder, f"extends = {value}")


def impossible_numbers(dice: Dice, folder: Path, n: int) -> list[str]:
    n_centres, per_centre = dice.choice([(40, 14), (20, 14), (30, 9), (40, 7)])
    numbers = {
        "n_centres": n_centres,
        "doctors_per_centre": per_centre,
        "n_candidates": dice.randint(60, n_centres * per_centre - 1),
    }
    if n % 2:
        return [
            "run",
            HUAXI,
            *(word for name, value in numbers.items() for word in ("--set", f"population.{name}={value}")),
        ]
    return a_run(folder, "[population]\n" + "\n".join(f"{name} = {value}" for name, value in numbers.items()))


def too_large_file(dice: Dice, folder: Path, n: int) -> list[str]:
    size = dice.choice([256_001, 300_000, 2_000_000, 20_000_000])
    return a_run(folder, ["#" * size, "\n" * size, f"title = '{'x' * size}'", "a" + ".a" * (size // 2) + " = 1"][n % 4])


def too_deep(dice: Dice, folder: Path, n: int) -> list[str]:
    deep = dice.choice([20, 400, 6_000, 20_000])
    forms = [
        "a" + ".a" * deep + " = 1", "[" + "a." * deep + "a]", "a = " + "[" * deep + "]" * deep, "a = " + "{a=" * deep + "1" + "}" * deep,
        '"a"' + '."a"' * deep + " = 1", "a" + " . a" * deep + " = 1", "a = [\n" + "[\n" * deep, "[[" + "a." * deep + "a]]",
        "a = { b" + ".b" * deep + " = 1 }", "x = '''[[[ .... '''\ny = \"\\\"\" # '\na" + ".'a'" * deep + " = 1",
    ]  # fmt: skip
    return a_run(folder, forms[n % 10])


def too_many_children(dice: Dice, folder: Path, n: int) -> list[str]:
    n_children = dice.randint(2_500_000, 5_000_000)
    if n % 3 == 0:
        return ["run", HUAXI, "--children", str(n_children)]
    return written(dice, "population.n_children", str(n_children), folder)


def not_toml(dice: Dice, folder: Path, n: int) -> list[str]:
    text = Path(HUAXI).read_text(encoding="utf-8")
    at = dice.randrange(len(text))
    forms = [
        text + "\n[fund.surplus]\n", text[:at] + "\x00" + text[at:], "pass_rate", "= 3", '{"fund": 1}', "fund: 1", "[fund", "a = 1 b = 2",
        "title = 'x'\ntitle = 'y'", "title = \"\\q\"", "x = 'unended", '"""', "title = 'a\rb'", "[]", "a = 01", "a = 1979-13-45",
        "[fund]\nsurplus.x = 1\n[fund.surplus]", "\x1b[31m", "title = \"" + '\\"' * 50_000, "<html>",
    ]  # fmt: skip
    return a_run(folder, forms[n % 20])


def not_a_text_file(dice: Dice, folder: Path, n: int) -> list[str]:
    if n % 4 == 0:
        return ["run", str(folder) if n % 8 else str(folder / "..")]
    if n % 4 == 1:
        os.mkfifo(folder / "pipe.toml")
        return ["run", str(folder / "pipe.toml")]
    noise = bytes(dice.randrange(128, 256) for _ in range(dice.randint(1, 500)))
    return a_run(folder, b"title = '" + noise + b"\xff'" if n % 4 == 2 else "title = 'x'".encode("utf-16"))


def value_or_table(dice: Dice, folder: Path, n: int) -> list[str]:
    key = a_key(dice)
    group = key.rpartition(".")[0]
    forms = [
        f"{group} = 3",
        f"[{key}]",
        f"[{key}]\nx = 1",
        f"[[{group}]]\nx = 1",
        f"'{key}' = 1",
        f"{group} = []",
        f"[{key}.x.y]",
    ]
    return a_run(folder, forms[n % 7])


def bad_change(dice: Dice, folder: Path, n: int) -> list[str]:
    day = [
        "'2023-01-02'",
        "2023-01-02T00:00:00",
        "2017-11-26",
        "2025-12-29",
        "1900-01-01",
        "9999-12-31",
        "2023",
        "07:00:00",
        "true",
    ]
    change = [f"from = {dice.choice(day)}", "", "from = 2023-01-02\npopulation.n_children = 300", "from = 2023-01-02\nfund.x = 1",
              "from = 2023-01-02\nillness.frailty_cv = 0.2", "from = 2023-01-02\nfrom = 2023-01-02"][n % 6]  # fmt: skip
    return a_run(
        folder,
        ["change = 3", "change = [1]", "[change]\nfrom = 2023-01-02"][n % 3] if n >= 17 else f"[[change]]\n{change}",
    )


def hostile_text(dice: Dice, folder: Path, n: int) -> list[str]:
    escaped = "".join(f"\\u{ord(character):04x}" for character in dice.choice(HOSTILE))
    forms = [
        f'"{escaped}" = 1',
        f'extends = "{escaped}"',
        f'fund.surplus.reinvested_share = "{escaped}"',
        f'[fund."{escaped}"]\nx = 1',
    ]
    if n % 5 == 4:
        return ["run", HUAXI, "--set", f"{dice.choice(HOSTILE)}={dice.choice(HOSTILE)}"]
    return a_run(folder, forms[n % 5])


def bad_set(dice: Dice, folder: Path, n: int) -> list[str]:
    key = a_key(dice)
    forms = [[key], [f"{key}="], [f"={key}"], [""], [f"{key}=much"], [f"{key}=0x1"], [f"{key}={'9' * 5000}"], [f"{key}=1;2"],
             [key + "=" + str(NUMBERS[key].low)] * 2, [f"{key}=[1]"], ["fund.surplus=1"], [f"{key}=true"]]  # fmt: skip
    return ["run", HUAXI, *(word for text in forms[n % 12] for word in ("--set", text))]


def bad_count(dice: Dice, folder: Path, n: int) -> list[str]:
    option = ["--seeds", "--weeks", "--children", "--seed"][n % 4]
    wrong = {
        "--seeds": ["0", "1001"],
        "--weeks": ["0", "9999", "423"],
        "--children": ["10", "199", "5000001"],
        "--seed": ["4294967296"],
    }
    value = dice.choice([*wrong[option], "-3", "x", "1.5", "", "1e3", "9" * 5000, "None", "\x1b[2J"])
    return ["run", HUAXI, option, value]


def bad_period_or_date(dice: Dice, folder: Path, n: int) -> list[str]:
    dated = ["--set", "fund.surplus.reinvested_share=0.8", "--from"]
    forms = [["--period", "foo"], ["--period", ""], ["--period", "policy", "--weeks", "161"], ["--from", "2023-01-02"],
             [*dated, "tomorrow"], [*dated, "2017-11-26"], [*dated, "2026-01-01"], [*dated, "2020-01-06", "--weeks", "30"],
             [*dated, "2023-02-30"], ["--children", "300", "--set", "population.n_children=300"], [*dated, "2023-01-02T00:00"],
             ["--set", "population.n_children=300", "--from", "2021-01-04"]]  # fmt: skip
    return ["run", HUAXI, *forms[n % 12]]


def bad_out(dice: Dice, folder: Path, n: int) -> list[str]:
    (folder / "file").write_text("x")
    (folder / "taken" / "run.json").mkdir(parents=True)
    (folder / "nowhere").symlink_to(folder / "missing")
    out = [
        folder / "file",
        folder / "file" / "sub",
        folder / "taken",
        "a\x00b",
        "/proc/no",
        folder / ("x" * 300),
        folder / "nowhere",
        "/dev/null",
    ]
    return ["run", HUAXI, "--out", str(out[n % 8])]


def bad_words(dice: Dice, folder: Path, n: int) -> list[str]:
    forms = [["walk"], ["run"], ["run", HUAXI, "--sedes", "3"], ["run", HUAXI, HUAXI], ["run", HUAXI, "--seed"], ["--jsn"], ["run", HUAXI, "-x"],
             ["run", HUAXI, "--json=yes"], ["explain"], ["scenarios", "no/such/folder"], ["dashboard", "--port", "80000"], ["\x1b[2J"]]  # fmt: skip
    return forms[n % 12]


def unknown_parameter(dice: Dice, folder: Path, n: int) -> list[str]:
    key = a_key(dice)
    return [
        "explain",
        [key[:-2], key.upper(), key.rpartition(".")[2], key.rpartition(".")[0], "x", "", "a\nb", "y" * 10_000][n % 8],
    ]


KINDS: dict[str, Case] = {
    "unknown key": unknown_key,
    "unknown name or table": unknown_name,
    "wrong type": wrong_type,
    "not whole": not_whole,
    "out of range": out_of_range,
    "not finite": not_finite,
    "number of too many digits": huge_number,
    "missing file": missing_file,
    "circular extends": circle,
    "endless extends": long_chain,
    "path that leaves the scenario's folder": leaving_folder,
    "extends nothing": extends_nothing,
    "impossible numbers": impossible_numbers,
    "file over 256 kB": too_large_file,
    "nested too deep": too_deep,
    "population that does not fit in memory": too_many_children,
    "not TOML": not_toml,
    "not a text file": not_a_text_file,
    "value for a table, table for a value": value_or_table,
    "bad dated change": bad_change,
    "terminal escapes and line breaks": hostile_text,
    "bad --set": bad_set,
    "bad --seed, --seeds, --weeks, --children": bad_count,
    "bad --period, --from": bad_period_or_date,
    "bad --out": bad_out,
    "unknown command or option": bad_words,
    "unknown parameter to explain": unknown_parameter,
}


def words_of(kind: str, n: int, folder: Path) -> tuple[list[str], Path]:
    """The n-th command line of a kind, and the folder in which nothing may be written."""
    folder.mkdir()
    words, out = KINDS[kind](Dice(f"{kind} {n}"), folder, n), folder / "out"
    asks_for_out = words[:1] == ["run"] and "--out" not in words and len(words) > 1
    return [*words, "--json", "--out", str(out)] if asks_for_out else words, out


def check_answer(code: int, output: str, errors: str, seconds: float, out: Path, case: str) -> None:
    line = errors.removesuffix("\n")
    assert code == 2, case
    assert not output, case
    assert line, case
    assert line.isprintable(), f"{case}: {line!r}"
    assert line.startswith("alliance: "), case
    assert "Traceback" not in line, case
    assert len(line) <= LONGEST_LINE, case
    assert not out.exists(), case
    assert seconds < LONGEST_SECONDS, f"{case}: {seconds:.2f} s"


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_cases_of_each_kind_get_one_line(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.scenario.available_bytes", lambda: MEMORY_OF_PROCESS)
    monkeypatch.setattr("experiments.run.run_seeds", lambda *_: pytest.fail("a world was simulated"))
    for n in range(N_CASES):
        words, out = words_of(kind, n, tmp_path / str(n))
        began = time.perf_counter()
        code = cli.main(words)
        seconds = time.perf_counter() - began
        captured = capfd.readouterr()
        check_answer(code, captured.out, captured.err, seconds, out, f"{kind} {n}: {str(words)[:300]}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_real_process_answers_the_same(kind: str, tmp_path: Path) -> None:
    words, out = next(
        (words, out)
        for n in range(N_CASES)
        for words, out in [words_of(kind, n, tmp_path / str(n))]
        if "\x00" not in str(words)
    )
    limit = resource.RLIMIT_AS
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
        preexec_fn=lambda: resource.setrlimit(limit, (MEMORY_OF_PROCESS, MEMORY_OF_PROCESS)),
    )  # fmt: skip
    seconds = time.perf_counter() - began
    check_answer(done.returncode, done.stdout, done.stderr, seconds, out, f"{kind}: {words}")


def test_each_refusal_of_a_scenario_names_the_file_and_what_is_allowed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for kind in (
        "unknown key",
        "out of range",
        "not finite",
        "wrong type",
        "circular extends",
        "nested too deep",
        "bad dated change",
    ):
        for n in range(N_CASES):
            words, _ = words_of(kind, n, tmp_path / f"{kind}{n}")
            cli.main(words)
            line = capfd.readouterr().err
            assert "bad.toml" in line or "--set" in line, line
            assert "allowed" in line or "nearest" in line or "TOML" in line, line
