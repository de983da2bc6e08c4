"""What is the browser told to allow, and what not?

Scripts come from this server. The page's own inline scripts are allowed by the hash of what they say, read from the page
as Solara renders it for the front door, so that a script that somebody smuggles into a page is not among them. What loads
Vue's templates writes two inline scripts of its own and marks them with the nonce that it finds in the page: each page
gets a new one. Vue translates its templates in the browser, which needs `unsafe-eval`; Solara writes styles into the page,
which needs `unsafe-inline` for styles; it loads pieces of itself from `blob:` addresses. The page's address holds what a
visitor chose: links to sources do not carry it along.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
COOKIE = "solara-session-id"
COOKIE_VALUE = re.compile(rf"(?:^|;\s*){COOKIE}=([A-Za-z0-9-]{{1,64}})\s*(?:;|$)")
KEPT = frozenset({b"accept", b"accept-language", b"host", b"if-modified-since", b"if-none-match", b"origin"})
"""What Solara gets to see of a request, besides its own cookie: nothing that tells who asks or through which proxies."""

Headers = list[tuple[bytes, bytes]]

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The policy of every answer that is not the page."""

NONCE_PLACE = "'nonce-'"
NONCE_AT = "</head>"


def policy(page: str) -> str:
    """Return the content security policy for pages with the inline scripts of this one, with a place for a nonce."""
    scripts = [NONCE_PLACE, *sorted({_hash(script) for script in INLINE_SCRIPT.findall(page)})]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'unsafe-eval' blob: {' '.join(scripts)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob:",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def with_nonce(page: str, security_policy: str) -> tuple[str, str]:
    """Return the page and its policy with a new nonce in both."""
    nonce = secrets.token_urlsafe(16)
    page = page.replace(NONCE_AT, f'<script nonce="{nonce}"></script>{NONCE_AT}', 1)
    return page, security_policy.replace(NONCE_PLACE, f"'nonce-{nonce}'")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def visitor_of(headers: Headers) -> str | None:
    """Return the visitor's name for this visit, from the one cookie there is."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    found = COOKIE_VALUE.search(cookies)
    return found[1] if found else None


def for_solara(headers: Headers, visitor: str) -> Headers:
    """Return what of a request's headers goes on to Solara."""
    kept = [(name, value) for name, value in headers if name in KEPT or name.startswith(b"sec-websocket-")]
    return [*kept, (b"cookie", f"{COOKIE}={visitor}".encode())]


def for_browser(headers: Headers, visitor: str | None, is_secure: bool, is_lasting: bool, below: str = "") -> Headers:
    """Return an answer's headers with what the browser must know; the cookie ends with the visit and stays below our path."""
    replaced = {b"set-cookie", b"server", *(name.encode() for name in ALWAYS)}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    told = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
    if not any(name.lower() == b"content-security-policy" for name, _ in kept):
        told.append((b"content-security-policy", NO_SCRIPTS.encode()))
    if visitor is not None:
        flags = f"; Path={below}/; HttpOnly; SameSite=Lax" + ("; Secure" if is_secure else "")
        told.append((b"set-cookie", f"{COOKIE}={visitor}{flags}".encode()))
    if not any(name.lower() == b"cache-control" for name, _ in kept):
        told.append((b"cache-control", b"public, max-age=604800, immutable" if is_lasting else b"no-cache"))
    return [*kept, *told]
