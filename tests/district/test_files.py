"""Does a district that is written down again say the same?"""

from pathlib import Path

import pytest
from hypothesis import given, settings

from experiments.district_files import files_of
from model.district import District
from model.district_check import check_district
from tests.district.conftest import TRAVEL, Write
from tests.district.test_world import districts

ROOT = Path(__file__).resolve().parents[2]


def written_again(district: District, folder: Path) -> District | None:
    folder.mkdir(exist_ok=True)
    (folder / "travel.csv").unlink(missing_ok=True)
    for name, content in files_of(district).items():
        (folder / name).write_bytes(content)
    again, mistakes = check_district(folder)
    assert mistakes.found == []
    return again


@pytest.mark.unit
def test_the_small_district_and_the_example_are_the_same_when_written_again(written: Write, tmp_path: Path) -> None:
    for folder in (written(), written(travel=TRAVEL), ROOT / "scenarios" / "districts" / "qinghe"):
        district, _ = check_district(folder)
        assert district is not None
        again = written_again(district, tmp_path / "again")
        assert again == district
        assert again is not None
        assert again.fingerprint == district.fingerprint


@pytest.mark.property
@settings(max_examples=50)
@given(district=districts())
def test_any_district_is_the_same_when_written_again(district: District, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert written_again(district, tmp_path_factory.mktemp("any")) == district
