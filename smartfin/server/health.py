"""Two addresses for whoever watches the server: is it alive, is it ready.

The server answers nothing at all before its warm-up is done, so readiness is a question
about the database alone.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from smartfin.errors import StoreError

_NEVER_KEPT = {"Cache-Control": "no-store"}


def health_routes(read: Callable[[], object]) -> list[Route]:
    """``/healthz``: the process answers; ``/readyz``: a visitor would be served.

    Args:
        read: Reads something from the database; raises StoreError when it cannot.
    """

    async def alive(_request: Request) -> JSONResponse:
        return JSONResponse({"service": "smartfin"}, headers=_NEVER_KEPT)

    async def ready(_request: Request) -> JSONResponse:
        try:
            await run_in_threadpool(read)
        except StoreError as error:
            return JSONResponse({"ready": False, "why": error.code}, 503, headers=_NEVER_KEPT)
        return JSONResponse({"ready": True}, headers=_NEVER_KEPT)

    return [Route("/healthz", alive), Route("/readyz", ready)]
