"""Does a scenario say its texts in Chinese, and only in words that belong to its own?"""

from pathlib import Path

import pytest

from model.scenario import ScenarioError, load_scenario

pytestmark = pytest.mark.unit

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FILES = [path for folder in (SCENARIOS, SCENARIOS / "readings") for path in sorted(folder.glob("*.toml"))]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_of_the_library_speaks_chinese(path: Path) -> None:
    scenario = load_scenario(path)
    for name in ("title", "question", "because"):
        text = scenario.text_in(name, "zh")
        assert any("\u4e00" <= character <= "\u9fff" for character in text), f"{name}: {text}"
        assert not set(text) & set(",;:?!()"), f"{name} has punctuation of half width: {text}"


def test_a_language_that_a_scenario_does_not_have_is_its_own(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, "a.toml", 'title = "Mine"\n[zh]\nquestion = "怎样？"\n'))
    assert [scenario.text_in(name, "zh") for name in ("title", "question", "because")] == ["Mine", "怎样？", ""]
    assert scenario.text_in("title", "en") == "Mine"


def test_a_new_title_is_not_translated_by_the_old_one(tmp_path: Path) -> None:
    written(tmp_path, "base.toml", 'title = "Base"\nquestion = "Why?"\n[zh]\ntitle = "基准"\nquestion = "为什么？"\n')
    scenario = load_scenario(written(tmp_path, "own.toml", 'extends = "base.toml"\ntitle = "Own"\n'))
    assert scenario.text_in("title", "zh") == "Own"
    assert scenario.text_in("question", "zh") == "为什么？"


def test_translations_change_nothing_of_a_world(tmp_path: Path) -> None:
    plain = load_scenario(written(tmp_path, "a.toml", 'title = "Mine"\n'))
    translated = load_scenario(written(tmp_path, "a.toml", 'title = "Mine"\n[zh]\ntitle = "我的"\n'))
    assert translated == plain
    assert translated.segments() == plain.segments()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('zh = "x"\n', r"a\.toml: zh is 'x'"),
        ('[zh]\ntitel = "x"\n', r"a\.toml: zh is .*title, question, because"),
        ("[zh]\ntitle = 3\n", r"a\.toml: zh: title is 3"),
        (f'[zh]\ntitle = "{"长" * 2001}"\n', r"title has 2,001 characters"),
    ],
)
def test_a_translation_that_is_none_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        load_scenario(written(tmp_path, "a.toml", text))
