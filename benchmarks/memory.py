"""How much memory does a whole run of the case take, cold compile included? The bar is 600 MB.

The case runs in a fresh process with an empty cache folder, and again with the machine code of the first run. Memory is the
operating system's peak of the largest process: the run itself, and the process that compiles for it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BAR_MB = 600
RUN = """
import json, resource, cli, contextlib, io
with contextlib.redirect_stdout(io.StringIO()):
    code = cli.main(["run", "scenarios/huaxi.toml", "--json"])
processes = {"run": resource.RUSAGE_SELF, "compiler": resource.RUSAGE_CHILDREN}
peak = {name: resource.getrusage(who).ru_maxrss / 1e3 for name, who in processes.items()}
print(json.dumps(peak | {"code": code}))
"""


def peaks(cache: str) -> dict[str, float]:
    """Peak memory of the run and of the compiling process [MB]."""
    env = os.environ | {"ALLIANCE_CACHE": cache, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, env=env, capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(done.stdout)


def main() -> None:
    """Print both runs and whether the bar is kept."""
    with tempfile.TemporaryDirectory() as cache:
        for name in ("cold", "warm"):
            found = peaks(cache)
            kept = "kept" if max(found["run"], found["compiler"]) < BAR_MB else "MISSED"
            print(f"{name}: run {found['run']:.0f} MB, compiling process {found['compiler']:.0f} MB; at most {BAR_MB}: {kept}")


if __name__ == "__main__":
    main()
