"""Which small question is asked of every command, so that all of them are asked in every surrounding?

`OUT` is a folder that can be written to, with what the longer commands had done before: they find it and go on.
"""

from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HUAXI = str(ROOT / "scenarios" / "huaxi.toml")
OUT, PORT = "OUT", "PORT"
SMALL = ["--children", "300"]
LEFT_OUT = ("extremes", "twin", "fit", "mechanisms", "funnel", "evidence", "closed-forms")
SHORT = ["--weeks", "20", "--period", "history"]
WITHOUT = [word for name in LEFT_OUT for word in ("--without", name)]
SWEEP = ["--vary", "hospital.accredit.pass_rate=0.1,0.5", *SMALL, "--weeks", "20", "--period", "history", "--from", "start"]

# Where a command takes minutes even when it is small, it is one that is refused after it has loaded what it needs.
ASKED: dict[str, list[str]] = {
    "run": [HUAXI, *SMALL, "--weeks", "20", "--seeds", "2", "--out", f"{OUT}/run"],
    "scenarios": [],
    "explain": ["hospital.accredit.pass_rate"],
    "evidence": ["--actor", "fund"],
    "odd": ["--check"],
    "new-district": [f"{OUT}/new"],
    "district": [f"{OUT}/district"],
    "compare": [HUAXI, "--set-b", "hospital.accredit.pass_rate=0.5", "--seeds", "2", *SMALL, *SHORT],
    "trace": [HUAXI, *SMALL, "--until", "30", "--pick", "often"],
    "network": [HUAXI, "--out", f"{OUT}/zone.png", "--week", "5", *SMALL],
    "sweep": [HUAXI, *SWEEP, "--out", f"{OUT}/sweep", "--workers", "1"],
    "plan": [f"{OUT}/sweep", "--workers", "1"],
    "query": [f"{OUT}/sweep", "select seed, n_visits from runs order by 1, 2"],
    "answer": ["--set", "hospital.accredit.pass_rate=0.3", "--seeds", "2", *SMALL, "--workers", "1"],
    "calibrate": [HUAXI, "--out", f"{OUT}/calibrate", "--reading", "none"],
    "sensitivity": [HUAXI, "--out", f"{OUT}/sensitivity", *SMALL, "--weeks", "9999"],
    "validate": ["--out", f"{OUT}/validate", "--quick", "--date", "2026-01-31", *WITHOUT],
    "serve": ["--port", PORT],
    "dashboard": ["--port", PORT],
}  # fmt: skip
ENDS_PROCESS = ("serve", "dashboard")  # it becomes the server, or here: finds that the port is taken
REFUSED = {"calibrate": 2, "sensitivity": 2, "serve": 2, "dashboard": 2}
IS_TIMED = ("plan",)  # it says how fast this machine is


def words_of(command: str, out: Path, port: int) -> list[str]:
    """The command line."""
    places = ((OUT, str(out)), (PORT, str(port)))
    return [command, *(_placed(word, places) for word in ASKED[command])]


def _placed(word: str, places: Iterable[tuple[str, str]]) -> str:
    found = (place + word.removeprefix(name) for name, place in places if word == name or word.startswith(f"{name}/"))
    return next(found, word)
