"""Is every bad input answered by one clear line, at once, with nothing half-written?

Every kind of bad_input_kinds.py, twenty cases of each: in this process through the door's own function, and the first
of each kind through a real process as well. "At once" is counted in steps, which are the same on every machine.
"""

import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import cli
import experiments.request  # noqa: F401  (whose steps are counted)
from tests.bad_input_kinds import KINDS, ROOT
from tests.patience import SECONDS
from tests.steps import Steps

pytestmark = pytest.mark.property

N_CASES = 20
MOST_STEPS = 5_000_000
LONGEST_LINE = 700
OURS = ("cli", "terminal", "experiments", "model", "tomllib")
MEMORY_OF_PROCESS = 4_000_000_000


def words_of(kind: str, n: int, folder: Path) -> tuple[list[str], Path]:
    """The n-th command line of a kind, and the folder in which nothing may be written."""
    folder.mkdir()
    words, out = KINDS[kind](Random(f"{kind} {n}"), folder, n), folder / "out"
    asks_for_out = words[:1] == ["run"] and "--out" not in words and len(words) > 1
    return [*words, "--json", "--out", str(out)] if asks_for_out else words, out


def check_answer(code: int, output: str, errors: str, out: Path, case: str) -> None:
    line = errors.removesuffix("\n")
    assert code == 2, case
    assert not output, case
    assert line, case
    assert line.isprintable(), f"{case}: {line!r}"
    assert line.startswith("alliance: "), case
    assert "Traceback" not in line, case
    assert len(line) <= LONGEST_LINE, case
    assert not out.exists(), case


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_cases_of_each_kind_get_one_line(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.scenario.available_bytes", lambda: MEMORY_OF_PROCESS)
    monkeypatch.setattr("experiments.run.run_seeds", lambda *_: pytest.fail("a world was simulated"))
    for n in range(N_CASES):
        words, out = words_of(kind, n, tmp_path / str(n))
        case = f"{kind} {n}: {str(words)[:300]}"
        with Steps(*OURS, most=MOST_STEPS, at_most=lambda case=case: pytest.fail(f"too many steps: {case}")):
            code = cli.main(words)
        captured = capfd.readouterr()
        check_answer(code, captured.out, captured.err, out, case)


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_OF_PROCESS, MEMORY_OF_PROCESS))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_real_process_answers_the_same(kind: str, tmp_path: Path) -> None:
    drawn = (words_of(kind, n, tmp_path / str(n)) for n in range(N_CASES))
    words, out = next((words, out) for words, out in drawn if "\x00" not in "".join(words))
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS, preexec_fn=limit_memory,
    )  # fmt: skip
    check_answer(done.returncode, done.stdout, done.stderr, out, f"{kind}: {words}")


SAYING = ("unknown key", "out of range", "not finite", "wrong type", "circular extends", "nested too deep")


@pytest.mark.parametrize("kind", SAYING)
def test_a_refusal_names_the_file_or_option_and_what_is_allowed(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for n in range(N_CASES):
        words, _ = words_of(kind, n, tmp_path / str(n))
        cli.main(words)
        line = capfd.readouterr().err
        assert line.startswith(("alliance: bad.toml", "alliance: --set")), line
        assert "; allowed" in line or "; the nearest known" in line, line


def test_at_least_fifteen_kinds_are_drawn() -> None:
    assert len(KINDS) >= 15
