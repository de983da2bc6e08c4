"""Does the Library do in a real browser what it promises?"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

QINGHE = Path(__file__).resolve().parents[2] / "scenarios" / "districts" / "qinghe"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def enter(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}library{query}")
    expect(page.locator(".library-card").first).to_be_visible()


def test_a_word_finds_scenarios_and_stands_in_the_address(page: Page, address: str) -> None:
    enter(page, address)
    page.get_by_label("Find a scenario").fill("counterfactual")
    expect(page.locator(".library-card")).to_have_count(1)
    expect(page.get_by_text("One scenario has these words")).to_be_visible()
    expect(page).to_have_url(re.compile("library_find=counterfactual"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".library-card").nth(5)).to_be_visible()


def test_a_scenario_opens_in_decide(page: Page, address: str) -> None:
    enter(page, address)
    page.get_by_role("button", name="Open “A loose alliance” in Decide").click()
    expect(page.locator(".toolbar-scenario")).to_contain_text("A loose alliance")
    expect(page).to_have_url(re.compile("scenario=loose_alliance"))


def test_a_scenario_is_kept_for_compare_and_given_up(page: Page, address: str) -> None:
    enter(page, address)
    button = page.get_by_role("button", name="Keep “No alliance” for Compare")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("keep=No%20alliance"))
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_district_of_ones_own_is_opened_and_listed(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address)
    county = tmp_path / "county.toml"
    county.write_text('extends = "huaxi.toml"\ntitle = "<b>My</b> county"\n[district]\nfolder = "."\n', encoding="utf-8")
    page.locator("input[type=file]").set_input_files([county, *QINGHE.glob("*.csv")])
    expect(page.locator(".toolbar-scenario")).to_contain_text("<b>My</b> county")
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Your own", exact=True)).to_be_visible()
    expect(page.locator(".library-card").first).to_contain_text("13,510 children")


def test_a_mistake_is_told_as_it_is_and_can_be_mended(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address)
    mine = tmp_path / "mine.toml"
    mine.write_text("hospital.accredit.pass_rate = 7\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(mine)
    row = page.get_by_role("alert").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("hospital.accredit.pass_rate is 7, out of range")
    (tmp_path / "mine.ods").write_bytes(b"PK")
    page.locator("input[type=file]").set_input_files(tmp_path / "mine.ods")
    expect(page.get_by_role("alert")).to_contain_text("Only TOML, CSV and XLSX files")
    mine.write_text("hospital.accredit.pass_rate = 0.2\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(mine)
    expect(page.locator(".toolbar-scenario")).to_contain_text("mine")


def test_all_mistakes_are_a_table_in_the_page_s_language(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address, "?lang=zh")
    for name in ("communities.csv", "providers.csv"):
        text = (QINGHE / name).read_text(encoding="utf-8").replace(",20.0,", ",x,").replace(",22.5,", ",二十,")
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files([tmp_path / "communities.csv", tmp_path / "providers.csv"])
    alert = page.get_by_role("alert")
    expect(alert.locator("th")).to_have_text(["文件", "行", "列", "实际内容", "要求"])
    expect(alert).to_contain_text("处需要修改")
    expect(alert.locator("tbody tr").nth(0)).to_contain_text("为'x'，不是普通数字")
    assert alert.locator("tbody tr").count() > 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("language", "button"), [("en", "Excel workbook (.xlsx)"), ("zh", "CSV数据表（.zip）")])
def test_the_template_is_handed_out_filled_in_and_opened(
    language: str, button: str, page: Page, address: str, tmp_path: Path
) -> None:
    enter(page, address, f"?lang={language}")
    with page.expect_download() as handed:
        page.get_by_role("button", name=button).click()
    file = tmp_path / handed.value.suggested_filename
    handed.value.save_as(file)
    files = [file]
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            packed.extractall(tmp_path)
        files = [path for path in tmp_path.iterdir() if path.suffix in (".csv", ".toml")]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".toolbar-scenario")).to_contain_text("A district of my own" if language == "en" else "我们的地区")


def test_what_looks_odd_is_said_and_the_district_opens(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address)
    for name in ("communities.csv", "providers.csv", "travel.csv"):
        text = (QINGHE / name).read_text(encoding="utf-8").replace(",88000,", ",8800,").replace("Qinghe Town", "清河镇")
        (tmp_path / name).write_bytes(text.encode("gb18030"))
    page.locator("input[type=file]").set_input_files(list(tmp_path.glob("*.csv")))
    expect(page.locator(".toolbar-scenario")).to_contain_text("A district of my own")
    notices = page.locator(".notices")
    expect(notices).to_contain_text("communities.csv was read as GB18030")
    page.get_by_role("link", name="Library").click()
    expect(page.locator(".library-card").first.locator(".library-look").first).to_contain_text("Look at this")


@pytest.mark.parametrize("width", [390, 820])
def test_a_strange_address_leaves_a_library_that_fits(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}library?lang=zh&library_find=%3Cscript%3Ealert(1)%3C/script%3E{'x' * 1500}")
    expect(page.get_by_text("没有找到")).to_be_visible()
    page.get_by_role("button", name="显示全部").click()
    expect(page.locator(".library-card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
