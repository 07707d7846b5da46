"""The ASGI application: Streamlit's pages behind our own headers, files and health checks.

``uvicorn smartfin.server:app`` runs it; ``python -m smartfin serve`` does just that.
``streamlit run dashboard.py`` shows the same pages without any of this.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime import Runtime

from smartfin import ingest
from smartfin.server.assets import Assets, compress_early_files, served_index
from smartfin.server.headers import SecurityHeaders, content_security_policy
from smartfin.server.health import health_routes
from smartfin.settings import ROOT, read_settings
from smartfin.store import Ledger, open_ledger

_LOG = logging.getLogger(__name__)
_AFTER_READY = 2.0  # seconds


async def warm_up() -> None:
    """Do once, before anybody waits, what a first visitor would pay for.

    The Board page is run as for a visitor, which imports, opens and computes everything
    it needs. What exists afterwards lives as long as the process: kept out of garbage
    collection, which Streamlit runs after every rerun, it costs no more.
    """
    compressing = asyncio.to_thread(compress_early_files)  # zlib lets other threads run
    visit = Runtime.instance().does_script_run_without_error()
    _, (fine, why) = await asyncio.gather(compressing, visit)
    if not fine:
        _LOG.error("the Board page did not run through at start: %s", why)
    gc.collect()
    gc.freeze()
    # The process that will read the first workbook; it starts beside nobody who waits.
    asyncio.get_running_loop().call_later(_AFTER_READY, ingest.warm_up)


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    ledger = open_ledger(read_settings())
    await warm_up()
    yield {"ledger": ledger}
    ledger.close()


def _revision() -> int:
    ledger: Ledger = app.state["ledger"]
    return ledger.revision()


app = st.App(
    ROOT / "dashboard.py",
    lifespan=_lifespan,
    routes=health_routes(_revision),
    middleware=[
        Middleware(SecurityHeaders, policy=content_security_policy(served_index())),
        Middleware(Assets, index=served_index()),
    ],
)
