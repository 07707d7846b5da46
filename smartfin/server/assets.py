"""Streamlit's own page and scripts, adjusted once and sent small.

Streamlit sends its 23 MB of scripts as they are, asks for the chart code only when a first
chart arrives, and says ``<html lang="en">`` to everybody. Here the page is given the
reader's language and told early which scripts it will need, and each script is compressed
once.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import cache, lru_cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from smartfin.wording import LANGUAGES, preferred_language

STATIC_FOLDER = Path(streamlit.__file__).parent / "static"

# What every page draws; requested beside the first script instead of after it.
EARLY_CHUNKS = ("PlotlyChart", "Selectbox", "PageLink", "Html")

# Without it, a page opened by its address first looks for its server below itself
# (/country/_stcore/health), is refused, and tries the root only after a pause.
_BACKEND = "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin}</script>\n"

_COMPRESSIBLE = {".js", ".css", ".svg", ".json"}
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.\-]+\.js)["']""")
_IMPORTS_WITHIN = 20_000  # characters: a bundled script states its imports at its head
_YEAR = 365 * 24 * 60 * 60
_RESERVED = ("/_stcore", "/static/", "/media/", "/component/", "/healthz", "/readyz")


class Assets:
    """Middleware that serves the page and the scripts before Streamlit would.

    Args:
        app: The application behind it.
        index: The HTML page to serve on every page address.
    """

    def __init__(self, app: ASGIApp, index: str) -> None:
        self._app = app
        self._index = index

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or leave it to the application."""
        response = self._response(scope) if _is_read(scope) else None
        await (response or self._app)(scope, receive, send)

    def _response(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        if path.startswith("/static/"):
            return static_response(path, headers.get("accept-encoding", ""))
        if is_page(path):
            asked = QueryParams(scope["query_string"]).get("lang", "")
            accepted = headers.get("accept-language", "")
            language = asked if asked in LANGUAGES else preferred_language(accepted)
            return page_response(self._index, language, headers.get("accept-encoding", ""))
        return None


def _is_read(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}


def is_page(path: str) -> bool:
    """Whether a path is the address of a page: one plain word, or nothing."""
    return not path.startswith(_RESERVED) and re.fullmatch(r"/[\w-]*", path) is not None


@cache
def served_index() -> str:
    """Streamlit's page, told where its server is and which scripts it will need first."""
    html = (STATIC_FOLDER / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r"static/js/([\w.\-]+\.js)", html))
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in early_scripts()
        if name not in named
    )
    return html.replace("<script", f"{links}{_BACKEND}<script", 1)


def early_scripts() -> tuple[str, ...]:
    """File names of the early chunks and of everything they import."""
    scripts = STATIC_FOLDER / "static" / "js"
    waiting = [path.name for chunk in EARLY_CHUNKS for path in scripts.glob(f"{chunk}.*.js")]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            head = (scripts / name).read_text(encoding="utf-8")[:_IMPORTS_WITHIN]
            waiting.extend(_IMPORT.findall(head))
    return tuple(found)


@cache
def _page_in(index: str, language: str) -> tuple[bytes, bytes]:
    """The page in a language, plain and compressed."""
    plain = index.replace('<html lang="en">', f'<html lang="{language}">', 1).encode()
    return plain, gzip.compress(plain, mtime=0)


def page_response(index: str, language: str, encodings: str) -> Response:
    """The page in the reader's language; never kept, as it names the scripts of this version."""
    plain, small = _page_in(index, language)
    zipped = "gzip" in encodings
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(small if zipped else plain, headers=headers)


@lru_cache(maxsize=1024)  # more than there are files; made-up names cannot fill the memory
def _compressed(path: str) -> bytes | None:
    """A file of Streamlit's, compressed; None where there is none or nothing to gain."""
    file = (STATIC_FOLDER / path.lstrip("/")).resolve()
    inside = file.is_relative_to(STATIC_FOLDER.resolve())
    if not inside or file.suffix not in _COMPRESSIBLE or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


def static_response(path: str, encodings: str) -> Response | None:
    """A script or style sheet, compressed; None leaves the answer to Streamlit.

    The names carry a hash of the content, so a browser may keep them for good.
    """
    body = _compressed(path) if "gzip" in encodings else None
    if body is None:
        return None
    headers = {
        "Content-Encoding": "gzip",
        "Vary": "Accept-Encoding",
        "Cache-Control": f"public, immutable, max-age={_YEAR}",
    }
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(body, media_type=kind, headers=headers)


def compress_early_files() -> None:
    """Compress what a first visitor asks for, so that nobody waits for it."""
    for path in re.findall(r"\./(static/(?:js|css)/[\w.\-]+)", served_index()):
        _compressed(f"/{path}")
