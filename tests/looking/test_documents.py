"""Do the first hour, the page on Python and the notebook work as they stand?"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest

import cli

case, convention = pytest.mark.case, pytest.mark.convention
ROOT = Path(__file__).resolve().parents[2]
FIRST_HOUR, PYTHON = ROOT / "docs/first-hour.md", ROOT / "docs/python.md"
NOTEBOOK = ROOT / "docs/notebooks/first-hour.ipynb"

SMALLER = {  # option: value, and the commands to which it is given
    "--children": ("1000", {"run", "compare", "trace", "network", "plan", "sweep", "answer"}),
    "--seeds": ("2", set()),  # where the page has it
    "--weeks": ("170", {"run", "compare", "plan", "sweep"}),
    "--until": ("2019-12-31", {"trace"}),
}


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", FIRST_HOUR.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def smaller(command: str) -> list[str]:
    """The same command for a small zone, few weeks and two seeds; a district has the children of its files."""
    _, name, *words = shlex.split(command)
    for option, (value, commands_) in SMALLER.items():
        if option in words:
            words[words.index(option) + 1] = value
        elif name in commands_ and not (option == "--children" and "my-district" in command):
            words += [option, value]
    return [name, *words]


@convention
def test_the_page_shows_every_way_of_asking():
    shown = {shlex.split(command)[1] for command in commands()}
    assert shown >= {
        "run",
        "scenarios",
        "explain",
        "compare",
        "trace",
        "network",
        "new-district",
        "plan",
        "sweep",
        "query",
        "answer",
        "evidence",
        "odd",
    }
    assert all(command.startswith("alliance ") for command in commands())


@case
def test_every_command_of_the_first_hour_works(tmp_path, monkeypatch, capfd):
    """In the order of the page, since later commands read what earlier ones wrote."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    for command in commands():
        assert cli.main(smaller(command)) == 0, f"{command}\n{capfd.readouterr().err}"
        assert capfd.readouterr().out
    assert (tmp_path / "results/zone.png").stat().st_size > 10_000
    assert (tmp_path / "results/no-alliance/compare.json").exists()


@case
def test_every_example_of_the_python_page_works(tmp_path):
    examples = re.findall(r"```python\n(.*?)```", PYTHON.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 5
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    small = tmp_path / "scenarios/huaxi.toml"
    text = small.read_text(encoding="utf-8").replace("[population]\n", "[population]\nn_children = 1000\n")
    assert "n_children" in text
    small.write_text(text, encoding="utf-8")
    script = tmp_path / "examples.py"
    indented = (
        "\n".join(examples).replace('if __name__ == "__main__":', "if True:").replace("9_000", "1_000").replace("\n", "\n    ")
    )
    script.write_text(f'if __name__ == "__main__":\n    {indented}\n', encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "out of range; allowed is a number from 0 to 1" in done.stdout


@case
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_runs_from_top_to_bottom(tmp_path, monkeypatch):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("CHILDREN = 9_000", "CHILDREN = 2_000")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    done = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    assert not [output for output in outputs if output.get("name") == "stderr"]


@convention
def test_the_notebook_is_stored_without_outputs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
