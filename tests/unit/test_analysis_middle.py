"""The fast median is numpy's, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from smartfin.analysis.forecast.middle import middle


@pytest.mark.parametrize("shape", [(1,), (4,), (5,), (24, 4), (8, 1000), (7, 3)])
def test_it_is_the_median_along_every_axis(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(1).normal(size=shape)

    for axis in range(values.ndim):
        assert np.array_equal(middle(values, axis=axis), np.median(values, axis=axis))
