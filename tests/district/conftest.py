"""What do the tests of a planner's own district share? A small district of their own, written into a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model.scenario import Scenario, load_scenario

COMMUNITIES = """\
name,x_km,y_km,children_0_4,children_5_9,children_10_14,mean_income_yuan,note
Upper,0.0,0.0,210,200,180,100000,
Lower,5.0,1.0,90,80,70,80000,by the river
Far,-4.0,6.0,30,20,25,50000,
"""
PROVIDERS = """\
name,kind,x_km,y_km,doctors,fee_yuan,certified,separate,candidates,note
Alliance,alliance_hospital,9.0,0.0,0,336.00,0,no,,
Upper Centre,centre,0.1,0.0,4,142.60,1,yes,3,
Clinic Lin,clinic,0.4,0.2,1,120.50,0,no,,
Lower Centre,centre,5.1,1.0,2,140.00,0,no,,
Maternal,maternal_hospital,1.0,1.0,0,245.50,0,no,,
Clinic Wu,clinic,5.2,1.2,2,118.00,1,no,,
General,other_hospital,2.0,0.0,0,280.00,0,no,,
"""
TRAVEL = """\
community,Alliance,Upper Centre,Clinic Lin,Lower Centre,Maternal,Clinic Wu,General
Upper,40,5,6,25,10,26,12
Lower,25,26,24,5,22,6,18
Far,55,30,31,45,33,46,35
"""
SCENARIO = 'title = "A small district"\n[district]\nfolder = "."\n'
FILES = {"communities.csv": COMMUNITIES, "providers.csv": PROVIDERS, "district.toml": SCENARIO}

Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write the small district, with the files given instead of or beside its own; returns the folder."""

    def write(folder: str = "small", **files: str | bytes) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for name, content in (FILES | {f"{key}.csv": value for key, value in files.items()}).items():
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def loaded(written: Write) -> Callable[..., Scenario]:
    """The scenario of the small district with other files."""
    return lambda **files: load_scenario(written(**files) / "district.toml")
