"""Does an edited rule move the result, although machine code of the old one lies in the cache?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.property]

ROOT = Path(__file__).resolve().parents[2]
RULE = "agents/doctor/refer.py"
OLD = "return math.erfc((threshold - signal_share * d_prime) / math.sqrt(2.0)) / 2.0"
NEW = "return math.erfc((threshold - signal_share * d_prime) / math.sqrt(2.0)) / 1.0"


@pytest.mark.slow
def test_an_edited_rule_in_another_file_is_not_answered_from_the_cache(tmp_path, digest_elsewhere):
    copy = tmp_path / "project"
    for folder in ("agents", "model", "scenarios"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    cache = {"ALLIANCE_CACHE": str(tmp_path / "cache")}
    before = digest_elsewhere(500, 70, root=copy, **cache)
    rule = copy / RULE
    text = rule.read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    rule.write_text(text.replace(OLD, NEW), encoding="utf-8")
    assert digest_elsewhere(500, 70, root=copy, **cache)["results"] != before["results"]
    rule.write_text(text, encoding="utf-8")
    assert digest_elsewhere(500, 70, root=copy, **cache) == before


def test_the_process_that_compiles_apart_runs_every_entry_point():
    done = subprocess.run([sys.executable, "-m", "model.warm"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
