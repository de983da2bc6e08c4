"""Which kinds of bad input are there, and how is a case of each drawn?

Each kind is a function of a die, an empty folder and the number of the case; it writes what it needs into the folder
and returns the words of a command line. The same number draws the same case.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random as Dice

from model.parameters import declarations

ROOT = Path(__file__).resolve().parent.parent
HUAXI = str(ROOT / "scenarios" / "huaxi.toml")
NUMBERS = {key: p for key, p in declarations().items() if p.unit != "flag" and not key.startswith("population.")}
HOSTILE = ["\x1b[31m!", "a\nb", "\r\n\r\n", "\x07\x08", "\u202eexe", "\u2028x", "\x7f", "\x9b2J", "\ud7ff\ufffe"]

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
    forms = [f"{wrong} = 'x'", f"[{wrong}]\n", f"[[{wrong}]]\nx = 1", "[[change]]\nfrom = 2023-01-02\ntitle = 'x'"]
    return a_run(folder, forms[n % 4])


def wrong_type(dice: Dice, folder: Path, n: int) -> list[str]:
    values = ['"0.5"', "true", "[0.5]", "{ a = 1 }", "2023-01-02", "[[1, 2], [3]]", "''", "07:32:00", '"""x\ny"""']
    return a_run(folder, setting(a_key(dice), values[n % 9]))


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
    forms = ["9" * digits, "0x" + "f" * digits, "-1" + "0" * digits, "0b" + "1" * digits]
    return a_run(folder, setting(a_key(dice), forms[n % 4]))


def missing_file(dice: Dice, folder: Path, n: int) -> list[str]:
    names = ["m.toml", "no/such/folder.toml", "x" * 300, "a\x00b.toml", "huaxi", "\x1b[2J.toml", "bad.toml/x", "~"]
    return ["run", names[n % 8] if n % 3 else str(folder / names[n % 8])]


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
    ways = ["../outside.toml", "sub/../../outside.toml", "link.toml", "/etc/passwd", "../../../../../../etc/hostname"]
    ways += [str(folder / "outside.toml"), str(inner / "bad.toml"), "./../inner/../outside.toml"]
    return a_run(inner, f"extends = '{ways[n % 8]}'")


def extends_nothing(dice: Dice, folder: Path, n: int) -> list[str]:
    values = ["''", "' '", "'.'", "'..'", "'missing.toml'", "3", "['bad.toml']", "true", f"'{'x' * 300}'", '"a\\u0000"']
    return a_run(folder, f"extends = {values[n % 10]}")


def impossible_numbers(dice: Dice, folder: Path, n: int) -> list[str]:
    n_centres, per_centre = dice.choice([(40, 14), (20, 14), (30, 9), (40, 7)])
    numbers = {"n_centres": n_centres, "doctors_per_centre": per_centre}
    numbers["n_candidates"] = dice.randint(60, n_centres * per_centre - 1)
    if n % 2:
        return ["run", HUAXI, *(word for name, x in numbers.items() for word in ("--set", f"population.{name}={x}"))]
    return a_run(folder, "[population]\n" + "\n".join(f"{name} = {value}" for name, value in numbers.items()))


def too_large_file(dice: Dice, folder: Path, n: int) -> list[str]:
    size = dice.choice([256_001, 300_000, 2_000_000, 20_000_000])
    return a_run(folder, ["#" * size, "\n" * size, f"title = '{'x' * size}'", "a" + ".a" * size + " = 1"][n % 4])


def too_deep(dice: Dice, folder: Path, n: int) -> list[str]:
    deep = dice.choice([20, 400, 6_000, 20_000])
    decoy = "x = '''[[[ .... '''\ny = \"\\\"\" # '\n"
    dotted = ["a" + part * deep for part in (".a", ' . "a"', ".'a'", " .\ta")]
    forms = [f"{key} = 1" for key in dotted] + [f"[{key}]" for key in dotted] + [f"[[{key}]]" for key in dotted]
    forms += ["a = " + "[" * deep + "]" * deep, "a = " + "{a=" * deep + "1" + "}" * deep, "a = [\n" + "[\n" * deep]
    forms += [f"a = {{ {dotted[0]} = 1 }}", decoy + dotted[2] + " = 1"]
    return a_run(folder, forms[n % len(forms)])


def too_many_children(dice: Dice, folder: Path, n: int) -> list[str]:
    n_children = dice.randint(2_500_000, 5_000_000)
    if n % 3 == 0:
        return ["run", HUAXI, "--children", str(n_children)]
    return written(dice, "population.n_children", str(n_children), folder)


def not_toml(dice: Dice, folder: Path, n: int) -> list[str]:
    text = Path(HUAXI).read_text(encoding="utf-8")
    at = dice.randrange(len(text))
    forms = [text + "\n[fund.surplus]\n", text[:at] + "\x00" + text[at:], "title = 'x'\ntitle = 'y'", "title = 'a\rb'"]
    forms += ["pass_rate", "= 3", '{"fund": 1}', "fund: 1", "[fund", "a = 1 b = 2", "[]", "a = 01", "a = 1979-13-45"]
    forms += ['title = "\\q"', "x = 'unended", '"""', '"' + '\\"' * 50_000, "\x1b[31m", "<html>", "[a]\nb.c = 1\n[a.b]"]
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
    forms = [f"{group} = 3", f"{group} = []", f"[[{group}]]\nx = 1", f"'{key}' = 1"]
    forms += [f"[{key}]", f"[{key}]\nx = 1", f"[{key}.x.y]"]
    return a_run(folder, forms[n % 7])


def bad_change(dice: Dice, folder: Path, n: int) -> list[str]:
    days = ["'2023-01-02'", "2023", "true", "2023-01-02T00:00:00"]
    days += ["2017-11-26", "2030-12-30", "1900-01-01", "9999-12-31"]
    first = "from = 2023-01-02\n"
    changes = [f"from = {dice.choice(days)}", "", f"{first}population.n_children = 300", f"{first}fund.x = 1"]
    changes += [f"{first}illness.frailty_cv = 0.2", f"{first}{first}", f"{first}fund.surplus.reinvested_share = 2"]
    forms = [*(f"[[change]]\n{change}" for change in changes), "change = 3", "change = [1]", f"[change]\n{first}"]
    return a_run(folder, forms[n % 10])


def hostile_text(dice: Dice, folder: Path, n: int) -> list[str]:
    text = "".join(f"\\u{ord(character):04x}" for character in dice.choice(HOSTILE))
    forms = [f'"{text}" = 1', f'extends = "{text}"', f'fund.surplus.reinvested_share = "{text}"', f'[fund."{text}"]']
    if n % 5 == 4:
        return ["run", HUAXI, "--set", f"{dice.choice(HOSTILE)}={dice.choice(HOSTILE)}"]
    return a_run(folder, forms[n % 5])


def bad_set(dice: Dice, folder: Path, n: int) -> list[str]:
    key = a_key(dice)
    forms = [[key], [""], [f"={key}"], ["fund.surplus=1"], [f"{key}={NUMBERS[key].low}"] * 2]
    forms += [[f"{key}={value}"] for value in ("", "much", "0x1", "9" * 5000, "1;2", "[1]", "true", "1,5")]
    return ["run", HUAXI, *(word for text in forms[n % 13] for word in ("--set", text))]


def bad_count(dice: Dice, folder: Path, n: int) -> list[str]:
    wrong = {
        "--seeds": ["0", "1001"], "--weeks": ["0", "9999", "684"], "--children": ["10", "199", "5000001"],
        "--seed": ["4294967296", "-1"],
    }  # fmt: skip
    option = list(wrong)[n % 4]
    return ["run", HUAXI, option, dice.choice([*wrong[option], "-3", "x", "1.5", "", "1e3", "9" * 5000, "\x1b[2J"])]


def bad_period_or_date(dice: Dice, folder: Path, n: int) -> list[str]:
    days = ["tomorrow", "", "2017-11-26", "2031-01-06", "2023-02-30", "2023-01-02T00:00", "20.1.2023"]
    dated = ["--set", "fund.surplus.reinvested_share=0.8", "--from"]
    forms = [[*dated, day] for day in days] + [[*dated, "2020-01-06", "--weeks", "30"], ["--from", "2023-01-02"]]
    forms += [["--period", "foo"], ["--period", ""], ["--period", "policy", "--weeks", "161"]]
    forms += [["--set", "population.n_children=300", *more] for more in (["--from", "2021-01-04"], ["--children", "300"])]
    return ["run", HUAXI, *forms[n % 14]]


def bad_out(dice: Dice, folder: Path, n: int) -> list[str]:
    (folder / "file").write_text("x")
    (folder / "taken" / "run.json").mkdir(parents=True)
    (folder / "nowhere").symlink_to(folder / "missing")
    outs = [folder / name for name in ("file", "file/sub", "taken", "x" * 300, "nowhere")]
    return ["run", HUAXI, "--out", [*map(str, outs), "a\x00b", "/proc/no", "/dev/null"][n % 8]]


def bad_words(dice: Dice, folder: Path, n: int) -> list[str]:
    forms = [["walk"], ["run"], ["--jsn"], ["explain"], ["\x1b[2J"], ["scenarios", "no/such/folder"]]
    forms += [["dashboard", "--port", "80000"], ["run", HUAXI, HUAXI]]
    forms += [["run", HUAXI, *words] for words in (["--sedes", "3"], ["--seed"], ["-x"], ["--json=yes"])]
    return forms[n % 12]


def unknown_parameter(dice: Dice, folder: Path, n: int) -> list[str]:
    key = a_key(dice)
    group, _, name = key.rpartition(".")
    return ["explain", [key[:-2], key.upper(), name, group, "x", "", "a\nb", "y" * 10_000][n % 8]]


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
