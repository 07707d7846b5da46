"""The server around Streamlit: headers, page, scripts, health."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection

import pytest
from starlette.requests import Request
from starlette.responses import Response

from smartfin.errors import StoreError
from smartfin.server import assets
from smartfin.server.assets import served_index
from smartfin.server.health import health_routes
from smartfin.wording import LANGUAGES
from tests.serving import served


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


Get = Callable[..., Answer]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """Asks an empty dashboard, path by path as it is written."""

    def ask(path: str, **headers: str) -> Answer:
        connection = HTTPConnection(address.removeprefix("http://"), timeout=20)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request("GET", path, headers=named)
        with closing(connection), connection.getresponse() as response:
            return Answer(response.status, response.headers, response.read())

    with served(tmp_path_factory.mktemp("empty"), SMARTFIN_SAMPLES="0") as address:
        yield ask


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize(
    "path", ["/", "/country?country=ES", "/healthz", "/_stcore/health", "/no/such", "/static/no.js"]
)
def test_every_answer_carries_the_security_headers(get: Get, path: str) -> None:
    headers = get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]


def test_no_script_may_be_evaluated_or_come_from_elsewhere(get: Get) -> None:
    policy = directives(get("/").headers["Content-Security-Policy"])
    assert policy["script-src"][0] == "'self'"
    assert all(source.startswith("'sha256-") for source in policy["script-src"][1:])


def test_each_inline_script_of_the_page_is_allowed_by_its_hash(get: Get) -> None:
    answer = get("/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    ]
    policy = directives(answer.headers["Content-Security-Policy"])
    assert hashes
    assert policy["script-src"][1:] == hashes


@pytest.mark.parametrize("path", ["/", "/country", "/compare", "/upload", "/history"])
def test_every_page_address_gets_the_same_page(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text == get("/").text


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "", "en"),
        ("/", "nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        ("/", "pl, fr;q=0.5, en;q=0.4", "fr"),
        ("/", "fr;q=0, nl;q=0.1", "nl"),
        ("/", "fr;q=much", "en"),
        ("/country?country=ES&lang=fr", "nl", "fr"),
        ("/country?lang=xx", "nl", "nl"),
        ("/?lang=%22%3E%3Cscript%3E", "", "en"),
    ],
)
def test_the_page_says_which_language_it_is_in(
    get: Get, address: str, accepted: str, language: str
) -> None:
    answer = get(address, Accept_Language=accepted)
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


def test_every_language_we_speak_can_be_asked_for(get: Get) -> None:
    for language in LANGUAGES:
        assert f'<html lang="{language}">' in get(f"/?lang={language}").text


def test_the_page_names_the_chart_code_early_and_only_files_that_exist(get: Get) -> None:
    named = re.findall(r'href="\./(static/js/[\w.\-]+\.js)"', get("/").text)
    assert any("PlotlyChart" in name for name in named)
    assert len(named) == len(set(named))
    assert all((assets.STATIC_FOLDER / name).is_file() for name in named)


def test_every_early_chunk_exists_in_this_streamlit() -> None:
    scripts = assets.STATIC_FOLDER / "static" / "js"
    for chunk in assets.EARLY_CHUNKS:
        assert len(list(scripts.glob(f"{chunk}.*.js"))) == 1


@pytest.mark.parametrize("kind", ["js", "css"])
def test_scripts_and_styles_arrive_small_whole_and_for_good(get: Get, kind: str) -> None:
    file = max((assets.STATIC_FOLDER / "static" / kind).glob("index.*"))
    answer = get(f"/static/{kind}/{file.name}", Accept_Encoding="gzip")
    assert gzip.decompress(answer.body) == file.read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < file.stat().st_size / 2
    assert "immutable" in answer.headers["cache-control"]
    assert kind in answer.headers["content-type"] or "javascript" in answer.headers["content-type"]


def test_who_cannot_unpack_gets_the_plain_file(get: Get) -> None:
    file = next((assets.STATIC_FOLDER / "static" / "css").glob("index.*"))
    answer = get(f"/static/css/{file.name}", Accept_Encoding="identity")
    assert "content-encoding" not in answer.headers
    assert answer.body == file.read_bytes()
    page = get("/", Accept_Encoding="identity")
    assert "content-encoding" not in page.headers


@pytest.mark.parametrize(
    "path", ["/static/../../config.py", "/static/%2e%2e/%2e%2e/config.py", "/static//etc/passwd"]
)
def test_no_file_outside_the_static_folder_is_served(get: Get, path: str) -> None:
    answer = get(path, Accept_Encoding="gzip")
    assert "import" not in answer.text.split("<", maxsplit=1)[0]
    assert "root:" not in answer.text
    assert assets.static_response(path.replace("%2e", "."), "gzip") is None


def test_the_page_is_compressed_too(get: Get) -> None:
    answer = get("/", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == served_index()


def test_a_living_and_ready_server_says_so(get: Get) -> None:
    assert json.loads(get("/healthz").text) == {"service": "smartfin"}
    assert json.loads(get("/readyz").text) == {"ready": True}


def answered(path: str, read: Callable[[], object]) -> Response:
    """What a health address answers over a database that reads like this."""
    route = next(route for route in health_routes(read) if route.path == path)
    with ThreadPoolExecutor() as aside:  # playwright may already run a loop in this thread
        asked = aside.submit(lambda: asyncio.run(route.endpoint(Request({"type": "http"}))))
        response: Response = asked.result()
    return response


def test_a_server_without_its_database_is_alive_but_not_ready() -> None:
    def unreachable() -> None:
        raise StoreError("database-unreachable")

    assert answered("/healthz", unreachable).status_code == 200
    answer = answered("/readyz", unreachable)
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body)) == {"ready": False, "why": "database-unreachable"}
