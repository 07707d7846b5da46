"""The Board page beside a board page in plain Streamlit: bytes, time, processor.

The other side is ``st_app.py`` of the peers: one line chart, one chart of small multiples,
five figures and a table, as Streamlit serves them by itself. Both are loaded cold in
Chromium, in turns. Run with ``python3 run.py bench page``, or, with the peers elsewhere,
``.venv/bin/python -m bench.page --peer PATH/st_app.py``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench._pairs import PAIRS, ROOT, free_port, report, running, seconds_until_answer

PEER = ROOT.parent / "shared" / "peers" / "apps" / "st_app.py"
GOALS = {"bytes": 0.33, "time": 0.7, "rerun": 0.15}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
QUIET = 1.0  # seconds without a new mark until the charts count as drawn

# The moment the number of drawn marks last changed, seen frame by frame.
WATCH = """
window.drawn = {marks: 0, at: null};
(function look() {
  const marks = document.querySelectorAll('.js-plotly-plot .main-svg path').length;
  if (marks !== window.drawn.marks) window.drawn = {marks, at: performance.now()};
  requestAnimationFrame(look);
})();
"""
RESTS = f"window.drawn.marks > 0 && performance.now() - window.drawn.at > {QUIET * 1000}"


@dataclass(frozen=True)
class Side:
    """A running server.

    Args:
        address: Of the page.
        process: Id of the server's process.
    """

    address: str
    process: int


@dataclass(frozen=True)
class Load:
    """What one cold load cost.

    Args:
        bytes: Over the wire.
        time: Until the last mark of the charts was drawn [ms].
        rerun: Of the server's processor, for each choice after it [ms].
    """

    bytes: float
    time: float
    rerun: float


def cold_load(browser: Browser, side: Side) -> Load:
    """Load the page in a fresh browser profile, then choose something else four times."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    received = _count_bytes(context, page)
    page.goto(side.address, wait_until="commit")
    time = _last_mark(page)
    size = received()
    _choose(page, 1)
    _choose(page, 0)  # both states were seen once: what is kept, is kept by now
    before = processor_seconds(side.process)
    for place in (1, 0, 1, 0):
        _choose(page, place)
    rerun = (processor_seconds(side.process) - before) / 4
    context.close()
    return Load(bytes=size, time=time, rerun=rerun * 1000)


def _last_mark(page: Page) -> float:
    """When the last mark was drawn [ms]; asked from outside, as the page forbids eval.

    Raises:
        SystemExit: Nothing was drawn within a minute.
    """
    for _ in range(600):
        if page.evaluate(RESTS):
            drawn: float = page.evaluate("window.drawn.at")
            return drawn
        page.wait_for_timeout(100)
    raise SystemExit(f"{page.url} draws no chart")


def _count_bytes(context: BrowserContext, page: Page) -> Callable[[], float]:
    received: list[float] = []
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on(
        "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
    )
    return lambda: sum(received)


def _choose(page: Page, place: int) -> None:
    """Choose an option of the first select box and wait until the page rests."""
    page.locator('[data-testid="stSelectbox"] input').first.click()
    page.get_by_role("option").nth(place).click()
    page.wait_for_timeout(QUIET * 1000)


def processor_seconds(process: int) -> float:
    """Processor time a process has used [s]; read from /proc, so Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(ours: Side, theirs: Side) -> list[tuple[Load, Load]]:
    """Pairs of cold loads in turns, after one of each that nobody counts."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        pairs = [(cold_load(browser, ours), cold_load(browser, theirs)) for _ in range(PAIRS + 1)]
        browser.close()
    return pairs[1:]


def compare(peer: Path, folder: Path) -> None:
    """Start both sides, measure, and print each ratio with its goal."""
    mine, other = free_port(), free_port()
    serve = [sys.executable, "-m", "smartfin", "serve"]
    plain = [sys.executable, "-m", "streamlit", "run", str(peer)]
    options = ["--server.port", str(other), "--server.headless", "true"]
    places = {"SMARTFIN_PORT": str(mine), "SMARTFIN_DATABASE": f"sqlite:///{folder / 'bench.db'}"}
    with (
        running(serve, places) as server,
        running([*plain, *options], {"V": "plotly"}, peer.parent) as streamlit,  # not our settings
    ):
        ours = Side(f"http://127.0.0.1:{mine}/", server.pid)
        theirs = Side(f"http://127.0.0.1:{other}/", streamlit.pid)
        seconds_until_answer(f"{ours.address}readyz", server)
        seconds_until_answer(theirs.address, streamlit)
        pairs = measured(ours, theirs)
    units = {"bytes": "bytes", "time": "ms", "rerun": "ms"}
    ratios = {
        what: report(
            what,
            unit,
            [getattr(load, what) for load, _ in pairs],
            [getattr(load, what) for _, load in pairs],
        )
        for what, unit in units.items()
    }
    print(", ".join(f"{what} {ratios[what]:.2f} (goal {GOALS[what]})" for what in GOALS))


def main() -> None:
    """Compare, where there is something to compare with."""
    options = argparse.ArgumentParser(description="Board page against plain Streamlit")
    options.add_argument("--peer", type=Path, default=PEER, help="the peers' st_app.py")
    peer = options.parse_args().peer.resolve()
    if not peer.is_file():
        print(f"There is no {peer.name} to compare with: say where with --peer PATH.")
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(peer, Path(folder))


if __name__ == "__main__":
    main()
