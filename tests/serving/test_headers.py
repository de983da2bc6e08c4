"""What do a browser and Solara get to know of each other?"""

import base64
import hashlib

import pytest

from dashboard.serving import answers, headers

pytestmark = pytest.mark.unit

PAGE = '<html><head></head><body><script>a()</script><script src="b.js"></script></body></html>'


def test_inline_scripts_are_allowed_by_what_they_say_and_by_nothing_else():
    policy = headers.policy(PAGE)
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 1
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "http" not in policy


def test_each_page_has_a_nonce_of_its_own():
    policy = headers.policy(PAGE)
    pages = [headers.with_nonce(PAGE, policy) for _ in range(2)]
    assert pages[0] != pages[1]
    page, told = pages[0]
    nonce = page.partition('nonce="')[2].partition('"')[0]
    assert len(nonce) > 20
    assert f"'nonce-{nonce}'" in told


def test_solara_learns_neither_who_asks_nor_through_what():
    asked = [
        (b"host", b"127.0.0.1"), (b"user-agent", b"x"), (b"x-forwarded-for", b"10.1.1.1"), (b"script-name", b"//evil.example"),
        (b"referer", b"y"), (b"cookie", b"other=1; solara-session-id=abc; third=2"), (b"accept-language", b"zh"),
    ]  # fmt: skip
    assert headers.visitor_of(asked) == "abc"
    kept = headers.for_solara(asked, "abc")
    assert kept == [(b"host", b"127.0.0.1"), (b"accept-language", b"zh"), (b"cookie", b"solara-session-id=abc")]


def test_a_cookie_that_is_no_name_of_ours_is_none():
    assert headers.visitor_of([(b"cookie", b"solara-session-id=<script>")]) is None
    assert headers.visitor_of([]) is None


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites_and_ends_with_the_visit():
    solara = [(b"set-cookie", b"solara-session-id=abc; expires=Fri, 01 Jan 2038 00:00:00 GMT; SameSite=none")]
    told = [value for name, value in headers.for_browser(solara, "abc", is_secure=True, is_lasting=False) if name == b"set-cookie"]
    assert told == [b"solara-session-id=abc; Path=/; HttpOnly; SameSite=Lax; Secure"]
    assert not [name for name, _ in headers.for_browser(solara, None, is_secure=True, is_lasting=False) if name == b"set-cookie"]


def test_a_full_house_is_said_in_both_languages():
    page = answers.full(7).body.decode()
    assert "7 people" in page
    assert "7 人" in page
    assert 'lang="zh-CN"' in page
    assert answers.full(7).status_code == 503


def test_solaras_own_dialogs_give_way_to_ours_in_both_languages():
    from solara.server import server

    template = (server.directory / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    missing = [found for found in (*answers.TAKEN_OUT, answers.VIEWPORT[0], answers.LANGUAGE[0]) if found not in template]
    assert missing == []
    changed = answers.in_our_words(template)
    assert [found for found in answers.TAKEN_OUT if found in changed] == []
    assert "重新载入页面" in changed
    assert "user-scalable" not in changed
    assert answers.WATCH.read_text(encoding="utf-8") in changed
