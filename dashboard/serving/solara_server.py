"""How does Solara's own server look from outside?

The only file of this folder that reaches into Solara. Its settings are set before it is imported, whatever the
environment says: a session whose page is gone without a word is kept for some minutes, and no header of a visitor decides
where the page looks for its files.
"""

from __future__ import annotations

import os
import threading
import warnings
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp

from dashboard.serving.health import Warmth
from dashboard.serving.log import logger
from dashboard.serving.options import Options

APP = Path(__file__).resolve().parents[2] / "app.py"
SCHEME = "http"
GONE_SECONDS = 600.0
"""How long a session waits for a page that lost its connection: a phone that sleeps, a train in a tunnel."""

SETTINGS = {
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_MODE": "production",
    "SOLARA_SESSION_HTTP_ONLY": "true",
    "SOLARA_STATE_BACKEND": "",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
}


def prepare(options: Options, app: Path = APP) -> None:
    """Tell Solara its settings; before the first import of its server."""
    os.environ.update(SETTINGS)
    os.environ["SOLARA_APP"] = str(app)
    os.environ["SOLARA_BASE_URL"] = f"{SCHEME}://{options.host}:{options.port}{options.below}/"
    os.environ["SOLARA_ROOT_PATH"] = options.below
    os.environ["SOLARA_KERNEL_CULL_TIMEOUT"] = f"{max(1, round(min(options.idle_seconds, GONE_SECONDS)))}s"
    # The page stands in no frame, so the cookie that Solara would rather set is not missed.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none", category=UserWarning)


class SolaraServer:
    """Solara's server, and what it knows of its sessions."""

    def __init__(self, below: str = "") -> None:
        from solara.server import kernel_context, settings, starlette
        from starlette.applications import Starlette

        settings.main.root_path = self._below = below
        settings.session.http_only = True
        # Without Solara's own compression: pages are changed on their way, and the wrapper compresses all.
        self.app: ASGIApp = Starlette(routes=starlette.routes, lifespan=starlette.lifespan)
        self._contexts = kernel_context.contexts
        self._warmth = Warmth.WARMING
        self._warming: threading.Thread | None = None

    def owners(self) -> dict[str, str]:
        """For each session that lives, whose it is."""
        return {kernel: context.session_id for kernel, context in self._contexts.copy().items()}

    def has_page(self, kernel: str, page: str) -> bool:
        """Whether the session knows the page."""
        context = self._contexts.get(kernel)
        return context is not None and page in context.page_status

    def end(self, kernel: str) -> None:
        """End a session; its page is told when it asks again."""
        context = self._contexts.get(kernel)
        if context is None or context.closed_event.is_set():
            return
        try:
            context.close(reason="cull")
        except Exception:  # noqa: BLE001  whatever a page left behind must not keep the others from being let go
            logger.exception("a session could not be ended")

    def front_page(self) -> str:
        """The page as it is served."""
        from solara.server import server

        return server.read_root("/", self._below) or ""

    @cache  # noqa: B019  one server in a process
    def cdn_folders(self) -> list[Path]:
        """Where the page's own files from packages lie."""
        from solara.server import settings

        return [Path(settings.assets.proxy_cache_dir)]

    def version(self) -> str:
        """Which engine computes the worlds."""
        from experiments.record import engine_version

        return engine_version()

    def warmth(self) -> Warmth:
        """Whether the first visitor's worlds are computed, or why they never will be."""
        is_over = self._warming is not None and not self._warming.is_alive()
        return Warmth.FAILED if is_over and self._warmth is Warmth.WARMING else self._warmth

    def begin_to_warm(self) -> None:
        """Have the first visitor's worlds computed beside everything else."""
        self._warming = threading.Thread(target=self._warm, name="warm", daemon=True)
        self._warming.start()

    def _warm(self) -> None:
        from dashboard import worlds

        try:
            worlds.warm()
        except Exception:  # noqa: BLE001  whoever asks for such a world is told what is wrong with it
            logger.exception("the worlds could not be computed beforehand")
            self._warmth = Warmth.FAILED
        else:
            self._warmth = Warmth.WARM
