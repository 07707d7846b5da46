"""run.py before anything is installed: what it checks, what it says."""

from __future__ import annotations

import ast
import errno
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import run
from tests.serving import free_port


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that run.py takes for the project's."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "smartfin-setup.json")
    (tmp_path / "requirements.txt").write_text("a==1\nb==2\n")
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def stand_in_python(place: Path, script: str) -> None:
    """An environment whose Python is a shell script."""
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text(f"#!/bin/sh\n{script}\n")
    run.PYTHON.chmod(0o755)
    run.STAMP.write_text(json.dumps({"python": str(run.PYTHON.resolve())}))


def test_a_python_that_is_too_old_is_told_which_one_to_install() -> None:
    with pytest.raises(run.RunError, match=r"Python 3\.11 or newer is needed, this is 3\.9"):
        run.check_python((3, 9))
    run.check_python((3, 11))


def test_run_py_can_be_read_by_a_python_that_is_too_old() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_run_py_imports_the_standard_library_only() -> None:
    tree = ast.parse(Path(run.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        name.split(".")[0]
        for node in imports
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert names <= set(sys.stdlib_module_names)


def test_a_python_without_its_venv_module_is_told_what_to_install(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(run.RunError, match=r"no venv module.*apt install python3\.\d+-venv"):
        run.prepare(run.RUN)


def test_what_is_installed_is_not_installed_again(place: Path) -> None:
    stand_in_python(place, 'echo run >> "$(dirname "$0")/calls"')
    run.prepare(run.RUN)
    run.prepare(run.RUN)
    assert (run.PYTHON.parent / "calls").read_text().splitlines() == ["run"]


def test_changed_requirements_are_installed(place: Path) -> None:
    stand_in_python(place, 'echo run >> "$(dirname "$0")/calls"')
    run.prepare(run.RUN)
    (place / "requirements.txt").write_text("a==1\nb==3\n")
    run.prepare(run.RUN)
    assert (run.PYTHON.parent / "calls").read_text().splitlines() == ["run", "run"]


def test_each_package_is_shown_as_it_is_installed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in_python(place, "echo 'Collecting a==1 (from x)'; echo 'Processing /there/b-2.whl'")
    run.prepare(run.RUN)
    shown = capsys.readouterr().out
    assert "1 of 2  a==1" in shown
    assert "2 of 2  b-2.whl" in shown


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "is full. Free about 1 GB"),
        ("WARNING: Retrying after connection broken by 'x'", "package index cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "DO NOT MATCH THE HASHES"),
    ],
)
def test_a_failed_installation_says_why_and_is_tried_again(
    place: Path, said: str, sentence: str
) -> None:
    stand_in_python(place, f'echo "{said}"; exit 1')
    for _try in range(2):
        with pytest.raises(run.RunError, match=sentence):
            run.prepare(run.RUN)


def test_a_disk_with_too_little_room_is_noticed_before_installing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in_python(place, "exit 9")
    monkeypatch.setitem(run.SPACE_NEEDED, run.RUN, 10**12)
    with pytest.raises(run.RunError, match=r"takes about \d+ MB.*MB left"):
        run.prepare(run.RUN)


def test_a_disk_that_runs_full_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_files: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(run, "prepare", full)
    assert run.main(["setup"]) == 1
    assert "is full. Free about 1 GB" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(run.RunError, match="must be a number from 1 to 65535"):
        run.chosen_port(text)


def test_a_taken_port_is_named_with_one_that_is_free(taken_port: int) -> None:
    with pytest.raises(run.RunError, match=rf"Another program listens on port {taken_port}") as no:
        run.check_port(taken_port)
    proposed = int(str(no.value).rpartition("SMARTFIN_PORT=")[2].split()[0])
    run.check_port(proposed)


def test_a_port_taken_by_smartfin_itself_says_so() -> None:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"service": "smartfin"}')

        def log_message(self, *_arguments: Any, **_named: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Health) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        with pytest.raises(run.RunError, match="smartfin already runs on port"):
            run.check_port(other.server_port)
        other.shutdown()


STAND_IN_SERVER = """
import http.server, os, signal, sys
signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["SMARTFIN_PORT"])), Ready).serve_forever()
"""

RUN_THERE = """
import pathlib, signal, sys
# As from a terminal, also where the tests themselves run in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, sys.argv[1])
import run
place = pathlib.Path(sys.argv[2])
run.ROOT, run.VENV = place, place / ".venv"
run.PYTHON, run.STAMP = run.VENV / "bin" / "python", run.VENV / "smartfin-setup.json"
sys.exit(run.main([]))
"""


def started(place: Path, port: int) -> subprocess.Popen[str]:
    """``python3 run.py`` in a process group of its own, as from a terminal."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN_THERE, str(Path(run.__file__).parent), str(place)],
        env={**os.environ, "SMARTFIN_PORT": str(port), "CI": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def serving(place: Path, script: str) -> None:
    """An environment whose Python installs at once and serves with a script."""
    (place / "server.py").write_text(script)
    serve = f"exec {sys.executable} {place / 'server.py'}"
    stand_in_python(place, f'case "$2" in pip) ;; *) {serve} ;; esac')


@pytest.mark.parametrize("key", [os.killpg, os.kill], ids=["terminal", "process alone"])
def test_ctrl_c_ends_everything_without_a_trace(
    place: Path, key: Callable[[int, int], None]
) -> None:
    serving(place, STAND_IN_SERVER)
    port = free_port()
    process = started(place, port)
    assert process.stdout is not None
    assert any("is ready" in line for line in process.stdout)
    key(process.pid, signal.SIGINT)
    _, complaints = process.communicate(timeout=20)
    assert process.returncode == 130
    assert complaints.strip() == "smartfin has ended."
    run.check_port(port)


def test_a_server_that_cannot_start_speaks_for_itself(place: Path) -> None:
    serving(place, "import sys; sys.exit('The database comes from a newer version.')")
    port = free_port()
    process = started(place, port)
    shown, complaints = process.communicate(timeout=20)
    assert process.returncode == 1
    assert complaints == "The database comes from a newer version.\n"
    assert "is ready" not in shown


def test_an_unknown_command_shows_how_to_use_it() -> None:
    outcome = subprocess.run(
        [sys.executable, run.__file__, "fly"], check=False, capture_output=True, text=True
    )
    assert outcome.returncode == 2
    assert "python3 run.py test" in outcome.stdout


def test_continuous_integration_runs_what_everybody_runs() -> None:
    script = (run.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 run.py test"
