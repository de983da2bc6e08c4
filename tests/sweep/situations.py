"""In which situations does a disk fail under a sweep?

A situation is a folder as it is found and what is then done in it. Runs are not simulated: what comes of one is made from its key,
so that a whole sweep takes milliseconds and its files are those of a real one. Workers work in the process that asks, one chunk
after the other, so that its file operations have an order.
"""

import gc
import hashlib
import json
import socket
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from experiments.sweep import carry_out as carrying
from experiments.sweep import estimate as estimating
from experiments.sweep import ledger, row, work
from experiments.sweep.design import Design
from experiments.sweep.key import engine_of_this_process, is_sealed
from experiments.sweep.listeners import Listeners
from experiments.sweep.made import made_with
from experiments.sweep.means import Means
from experiments.sweep.query import query
from experiments.sweep.read import read_design, said_in_options
from experiments.sweep.row import read_rows
from model.refusal import ScenarioError

ROOT = Path(__file__).resolve().parents[2]
NAMES = row.NAMES[:3]  # of indicators: a table of all takes ten times as long to write
OWN_DISTRICT = "scenarios/qinghe.toml"
VARY = ["hospital.accredit.pass_rate=0.1,0.5"]
SAID = {"children": "300", "weeks": "90", "from": "2018-06-04", "period": "history", "seeds": "1"}


class AtOnce(Executor):
    """Does what is submitted before it returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (as a pool does)
            future.set_exception(error)
        return future


def made_up(frame: Any, _past: Any, run: Any) -> work.Result:
    """What comes of a run that nobody simulates."""
    digest = hashlib.sha256(run.key.encode()).digest()
    weekly = pd.DataFrame({"week_start": ["2018-06-04"] * 2, "n_visits": [int(digest[0]), int(digest[1])]})
    return work.Result(digest.hex()[:16], {name: digest[n] / 7 for n, name in enumerate(NAMES)}, weekly)


def without_simulation() -> ExitStack:
    """From here on runs are made up, and readers do not race."""
    stack, engine = ExitStack(), engine_of_this_process()
    probe = estimating.Probe(0.0, 0.0, 1, 1.0, 1.0)
    for where, name, what in [
        (work, "simulate", made_up), (work, "past_of", lambda *_: None), (work, "ready", lambda: engine), (row, "NAMES", NAMES),
        (carrying, "ready", lambda: engine), (ledger, "N_READERS", 1), (estimating, "probe_of", lambda _: probe),
    ]:  # fmt: skip
        stack.enter_context(patch.object(where, name, what))
    return stack


def design_of(scenario: str = "scenarios/huaxi.toml", **said: str) -> tuple[Design, str]:
    """A sweep of two points."""
    asked = SAID | said
    if scenario == OWN_DISTRICT:
        asked.pop("children")  # its tables say how many there are
    return read_design(str(ROOT / scenario), VARY, said_in_options(asked))


def get_ready() -> None:
    """Read and load once what every process would, and leave it to the collector no more: a run ends with a collection."""
    import pyarrow.acero  # noqa: F401

    design_of()
    made_with()
    gc.collect()
    gc.freeze()


def sweep(
    folder: Path, said: Callable[[str], None] = lambda _: None, *, scenario: str = "scenarios/huaxi.toml", **options: str
) -> None:
    """Carry out that sweep in a folder, each run a chunk."""
    design, source = design_of(scenario, **options)
    carrying.carry_out(design, source, folder, Means(n_workers=1, chunk_size=1, executor=AtOnce()), Listeners(say=said))


def plan(folder: Path, said: Callable[[str], None] = lambda _: None) -> None:
    """Plan a larger sweep in that folder."""
    from experiments.sweep.folder import check_frame

    design, _ = design_of(seeds="2")
    check_frame(folder, design.frame)
    estimating.estimate(design, Means(), folder, Listeners(say=said))


def ask(folder: Path, said: Callable[[str], None] = lambda _: None) -> None:
    """Ask the results."""
    query(folder, "select count(*) from runs", lambda found: said(" ".join(found.lines())))


def begun(folder: Path) -> None:
    """A sweep of which one chunk is there, one is damaged, and a part is left of a killed process."""
    sweep(folder)
    first = next(folder.glob("runs/*/chunk-*"))
    content = bytearray(first.read_bytes())
    content[-20] ^= 4
    first.write_bytes(content)
    host = socket.gethostname().replace(".", "-")
    for place in (folder, first.parent):
        (place / f".{first.name}.{host}.{2**22 + 1}.1-ab.part").write_bytes(b"PAR1")


@dataclass(frozen=True)
class Situation:
    """How the folder is found, what is done, what is done afterwards without faults, and whether the folder stays as it is."""

    found: Callable[[Path], None]
    done: Callable[..., None]
    finished: Callable[..., None]
    is_reading: bool = False


def _district(folder: Path, said: Callable[[str], None] = lambda _: None) -> None:
    sweep(folder, said, scenario=OWN_DISTRICT)


def _weekly(folder: Path, said: Callable[[str], None] = lambda _: None) -> None:
    sweep(folder, said, weekly="true")


def _two_seeds(folder: Path, said: Callable[[str], None] = lambda _: None) -> None:
    sweep(folder, said, seeds="2")


SITUATIONS = {
    "first start": Situation(lambda _: None, sweep, sweep),
    "first start, --weekly": Situation(lambda _: None, _weekly, _weekly),
    "first start, own district": Situation(lambda _: None, _district, _district),
    "resume of a damaged folder": Situation(begun, _two_seeds, _two_seeds),
    "plan": Situation(begun, plan, plan, is_reading=True),
    "query": Situation(begun, ask, ask, is_reading=True),
}


def outcome_of(action: Callable[..., None], folder: Path) -> dict[str, Any]:
    """How it ended: done, refused in one line, or with a traceback."""
    said: list[str] = []
    try:
        action(folder, said.append)
    except ScenarioError as error:
        line = str(error)
        is_clear = line.isprintable() and ("; allowed" in line or "is kept" in line)
        return {"ended": "refused" if is_clear else "unclear", "line": line}
    except BaseException:  # noqa: BLE001
        return {"ended": "traceback", "line": traceback.format_exc()}
    return {"ended": "done", "line": "; ".join(said)}


def state_of(folder: Path) -> dict[str, Any]:
    """What lies in a folder: a hash of its table, runs by how often they stand there, and every file."""
    keys, rows = [], []
    for path in sorted(folder.glob("runs/*/chunk-*")):
        table = read_rows(path)
        assert table is not None
        assert is_sealed(path.name)
        keys += table["key"].to_pylist()
        rows += table.drop_columns(["seconds"]).to_pylist()
    curves = [read.to_pylist() for path in sorted(folder.glob("weekly/*/chunk-*")) if (read := row.table_in(path)) is not None]
    content = json.dumps([sorted(rows, key=lambda one: one["key"]), curves], default=str)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {"table": hashlib.sha256(content.encode()).hexdigest(), "n": len(keys), "n_different": len(set(keys)), "files": files}


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content, and every folder."""
    paths = sorted(folder.rglob("*"))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in paths}
