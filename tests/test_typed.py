"""Is a path one word of the command line that is printed for copying, whatever it holds?"""

import subprocess
from pathlib import Path

import pytest

import cli
from model.typed import typed

NAMES = [
    "my county",
    "a'b",
    'a"b',
    "$HOME",
    "`id`",
    "a;b",
    "[x]*?",
    "100%",
    "#1",
    "~",
    "-rf",
    "--help",
    "我的 县",
    "a\nb",
    "a\\b",
    "a\tb\x1b[0m",
    "{0}",
    "[bold]x[/bold]",
    "\u3000x\u00a0y",
    "&",
    "!x",
    "x\udcffy",
]


@pytest.mark.unit
@pytest.mark.parametrize("name", NAMES)
def test_a_shell_reads_the_name_that_was_meant(name: str, tmp_path: Path) -> None:
    word = typed(name)
    assert word.isprintable()
    told = subprocess.run(
        ["bash", "-c", f"printf %s {word}"], capture_output=True, cwd=tmp_path, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    assert told.stdout == (f"./{name}" if name.startswith("-") else name).encode(errors="surrogateescape")


@pytest.mark.case
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("~", "--help", "-rf")])
def test_the_lines_to_copy_work_as_they_are_printed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new-district", name]) == 0
    copied = capsys.readouterr().out.splitlines()[-1].split("then: ")[1]
    assert copied == f"alliance district {typed(name)}; alliance run {typed(Path(name) / 'district.toml')}"
    assert cli.main(["district", name]) == 0
    assert "8,020 children" in capsys.readouterr().out
