"""Which tests go together where pytest-xdist shares them out among processes."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """A file at a time, so that what its tests share is made once; one process has Chromium."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test goes together with."""
        file = str(super()._split_scope(nodeid))
        return "browser" if file.startswith("tests/browser/") else file
