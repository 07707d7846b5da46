#!/usr/bin/env python3
"""Start smartfin, prepare it, test it or measure it. Needs nothing but Python.

    python3 run.py                 prepare if needed, then start the dashboard
    python3 run.py setup           prepare only
    python3 run.py test            every check and every test
    python3 run.py bench [NAME]    measure: bench/NAME.py, which gets the options, or all of them
    python3 run.py samples         write the sample workbooks anew

This file runs before anything is installed, so it uses the standard library only and
speaks English only. It must stay readable for old Pythons: they are told to go.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "smartfin-setup.json"

OLDEST_PYTHON = (3, 11)
RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"
SPACE_NEEDED = {RUN: 1100, DEVELOP: 400}  # megabytes, with what pip unpacks on the way
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_LIMIT = 300  # seconds; the first start reads the sample workbooks

QUICK_CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("import contracts", ["lint-imports"]),
)
# With pyproject's -q -v gives the usual dots. As many processes as tests of time and memory bear.
TESTS = ["pytest", "-v", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


class RunError(Exception):
    """Nothing more can be done; the sentence says why and what helps."""


def main(arguments: list[str]) -> int:
    """The exit code of a command."""
    commands = {"start": start, "setup": setup, "test": test, "bench": bench, "samples": samples}
    name, *rest = arguments or ["start"]
    if name not in commands or (rest and name != "bench"):
        print(__doc__)
        return 0 if name in {"-h", "--help", "help"} else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        check_python(sys.version_info[:2])
        return commands[name](*rest)
    except RunError as error:
        print(f"smartfin: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nsmartfin has ended.", file=sys.stderr)
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"smartfin: {NO_SPACE}", file=sys.stderr)
    return 1


# ---------------------------------------------------------------- preparing


NO_SPACE = f"The disk that holds {ROOT} is full. Free about 1 GB there and start again."
NO_INDEX = (
    "The package index cannot be reached, so nothing can be installed. Check the network, or the "
    "proxy and index in your pip configuration (python3 -m pip config list), and start again."
)


def check_python(version: tuple[int, int]) -> None:
    """Stop where Python is too old, or comes without what makes an environment."""
    if version < OLDEST_PYTHON:
        wanted, given = (".".join(map(str, pair)) for pair in (OLDEST_PYTHON, version))
        raise RunError(
            f"Python {wanted} or newer is needed, this is {given}. Install it (on Debian or "
            f"Ubuntu: apt install python{wanted} python{wanted}-venv) and start again with "
            f"python{wanted} run.py."
        )


def setup() -> int:
    """Prepare what running needs."""
    prepare(RUN)
    print("smartfin is set up. Start it with: python3 run.py")
    return 0


def prepare(*files: str) -> None:
    """Make the environment and install the requirements files that are not installed yet."""
    done = _stamp()
    if done.get("python") != os.path.realpath(PYTHON):
        _make_environment(renew="python" in done)
        done = {"python": os.path.realpath(PYTHON)}
    for file in files:
        digest = hashlib.sha256((ROOT / file).read_bytes()).hexdigest()
        if done.get(file) != digest:
            _install(file)
            done[file] = digest
            STAMP.write_text(json.dumps(done, indent=1), encoding="utf-8")


def _stamp() -> dict[str, str]:
    """What is installed: the environment's Python and the hash of each requirements file."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _make_environment(*, renew: bool) -> None:
    """Make .venv; one that works is kept, unless it was made by another Python."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        version = ".".join(map(str, sys.version_info[:2]))
        raise RunError(
            f"This Python has no venv module. Install it (on Debian or Ubuntu: "
            f"apt install python{version}-venv) and start again."
        )
    if renew or not _has_pip():
        print(f"Making the environment {VENV.name} ...", flush=True)
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        made = subprocess.run(command, check=False, capture_output=True, text=True)
        if made.returncode:
            raise RunError(_diagnosis(made.stdout + made.stderr, "The environment cannot be made"))


def _has_pip() -> bool:
    command = [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and _quietly(command) == 0


def _quietly(command: list[str]) -> int:
    """The exit code of a command that says nothing."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _install(file: str) -> None:
    """Install a requirements file, each package checked against its hash."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    count = sum("==" in line for line in lines)
    free = shutil.disk_usage(VENV).free // 2**20
    if free < SPACE_NEEDED[file]:
        raise RunError(
            f"Setting up takes about {SPACE_NEEDED[file]} MB, but the disk that holds {ROOT} has "
            f"{free} MB left. Free some space there and start again."
        )
    print(f"Installing {count} packages of {file}, once:", flush=True)
    options = ["--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(ROOT / file)]
    said = _run_with_progress(command, count)
    if said is not None:
        raise RunError(_diagnosis(said, f"{file} cannot be installed"))


_PACKAGE = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) (\S+)")


def _run_with_progress(command: list[str], count: int) -> str | None:
    """Run pip, a line for each package; what it said if it failed, else None."""
    said = []
    seen = 0
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            package = _PACKAGE.match(line)
            if package is not None:
                seen += 1
                print(f"  {seen:3} of {count}  {Path(package[1]).name}", flush=True)
            elif line.startswith("Installing collected packages"):
                print("  unpacking ...", flush=True)
    return "".join(said) if pip.returncode else None


def _diagnosis(said: str, otherwise: str) -> str:
    """One sentence for what a tool said when it failed."""
    if "No space left on device" in said:
        return NO_SPACE
    if "connection broken" in said or "Max retries exceeded" in said:
        return NO_INDEX
    return f"{otherwise}. The tool said:\n{said.strip()[-2000:]}"


# ---------------------------------------------------------------- starting


def start() -> int:
    """Prepare, start the dashboard and stay until it ends."""
    port = chosen_port(os.environ.get("SMARTFIN_PORT") or "8501")
    check_port(port)
    prepare(RUN)
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([str(PYTHON), "-m", "smartfin", "serve"], cwd=ROOT)
    try:
        if _is_ready(server, address):
            print(f"smartfin is ready: {address}   (Ctrl-C ends it)", flush=True)
            if _has_screen():
                webbrowser.open(address)
        return server.wait()
    finally:
        _end(server)


def chosen_port(text: str) -> int:
    """The port written in SMARTFIN_PORT."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise RunError(f"SMARTFIN_PORT is {text!r}, but must be a number from 1 to 65535.")
    return int(text)


def check_port(port: int) -> None:
    """Stop where the port cannot be had, with another one that can."""
    refusal = _refusal(port)
    if refusal == errno.EADDRINUSE:
        who = "smartfin already runs" if _is_smartfin(port) else "Another program listens"
        raise RunError(
            f"{who} on port {port}. End it, or choose another port: "
            f"SMARTFIN_PORT={_free_port(port)} python3 run.py"
        )
    if refusal:
        raise RunError(
            f"Port {port} may not be used ({os.strerror(refusal)}). Choose another one: "
            f"SMARTFIN_PORT={_free_port(8501)} python3 run.py"
        )


def _refusal(port: int) -> int:
    """Error number with which the system refuses a port; 0 when it grants it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def _free_port(near: int) -> int:
    return next(port for port in range(near % 65000 + 1, 65536) if not _refusal(port))


def _is_smartfin(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(json.load(answer).get("service") == "smartfin")
    except (OSError, ValueError, AttributeError):
        return False


def _is_ready(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the dashboard answers; False when it ended instead."""
    limit = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < limit:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/readyz", timeout=10).close()
            return True
        time.sleep(0.05)
    return False


def _has_screen() -> bool:
    """Whether somebody sits before this machine, so that a browser can be opened."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _end(server: subprocess.Popen[Any]) -> None:
    """End the server politely, then firmly; leave no process behind."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


# ---------------------------------------------------------------- developing


def test() -> int:
    """Every check and every test; ends at the first check that fails."""
    prepare(RUN, DEVELOP)
    ensure_browser()
    for name, command in QUICK_CHECKS:
        print(f"\n== {name}: {' '.join(command)}", flush=True)
        code = _tool(*command)
        if code:
            return code
    return _types_and_tests()


def _types_and_tests() -> int:
    """Check the types while the tests run; where the check fails, the tests end too."""
    print(f"\n== types and tests: mypy, {' '.join(TESTS)}", flush=True)
    types = subprocess.Popen([VENV / "bin" / "mypy"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    tests = subprocess.Popen([VENV / "bin" / TESTS[0], *TESTS[1:]], cwd=ROOT)
    try:
        print(f"\n== types: {types.communicate()[0]}", flush=True)
        if types.returncode:
            tests.send_signal(signal.SIGINT)  # they tidy up, as at Ctrl-C
        return tests.wait() or types.returncode
    finally:
        _end(types)
        _end(tests)


def _tool(name: str, *arguments: str) -> int:
    """The exit code of a tool of the environment."""
    return subprocess.call([str(VENV / "bin" / name), *arguments], cwd=ROOT)


def ensure_browser() -> None:
    """Have a Chromium: the one on the PATH, else the system's package, else playwright's own."""
    if any(map(shutil.which, BROWSERS)):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt-get ...", flush=True)
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        ok = all(
            subprocess.call(command, stdin=subprocess.DEVNULL) == 0
            for command in (["apt-get", "update", "-q"], install)
        )
    else:
        print("Downloading Chromium with playwright ...", flush=True)
        ok = _tool("playwright", "install", "chromium") == 0
    if not ok:
        raise RunError(
            "The browser tests need Chromium, and it could not be installed. Install it yourself "
            "(on Debian: apt install chromium) so that it is on the PATH, and start again."
        )


def bench(*arguments: str) -> int:
    """Run the measurements one after the other; each prints its ratio last.

    What follows the first option is handed on: ``bench fuzz --count 10000``.
    """
    known = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    first = next((n for n, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    names, options = arguments[:first], arguments[first:]
    for name in names:
        if name not in known:
            raise RunError(f"There is no measurement {name!r}. Known are: {', '.join(known)}.")
    prepare(RUN, DEVELOP)
    ensure_browser()
    for name in names or known:
        print(f"\n== {name}", flush=True)
        code = subprocess.call([str(PYTHON), "-m", f"bench.{name}", *options], cwd=ROOT)
        if code:
            return code
    return 0


def samples() -> int:
    """Write the sample workbooks anew; the same seed gives the same cells."""
    prepare(RUN, DEVELOP)
    return subprocess.call([str(PYTHON), "-m", "data.samples.generator"], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
