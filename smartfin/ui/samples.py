"""Once real figures are in: an offer to withdraw all sample workbooks at once."""

from __future__ import annotations

import streamlit as st

from smartfin.services.record.decide import Decided, withdraw_samples
from smartfin.ui.clicks import decide
from smartfin.ui.markup import plain
from smartfin.ui.notices import draw_notice
from smartfin.ui.reader import person
from smartfin.ui.state import Selection


def draw_samples_offer(samples: int, selection: Selection) -> None:
    """What the samples still do beside real figures, and the way to be rid of them.

    Args:
        samples: Sample workbooks that count beside real ones; nothing is drawn without any.
        selection: Of this run.
    """
    words = selection.words
    if not samples or selection.as_of:
        return

    def withdraw() -> Decided:
        return withdraw_samples(selection.smartfin, words.text("samples.reason"), person())

    draw_notice(words.plural("samples.offer", samples))
    st.button(
        plain(words.plural("samples.withdraw", samples)),
        key="withdraw-samples",
        on_click=decide,
        args=(selection, withdraw),
    )
