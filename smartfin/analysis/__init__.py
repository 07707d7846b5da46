"""Numbers to numbers: pandas, numpy and the vocabulary only; no clock, no files, no words.

    tidy frame -> entities -> table -> indicators -> forecast -> verdict -> changes
                                │           ├──────> warning (flags, precedents, hindsight)
                                │           ├──────> backtest (the forecast tried on the past)
                                │           └──────> scenario (its draws, with changes laid on)
                                └──> compare, bridge, statement, split

``partition`` says which line item is in which class, ``breakeven`` holds the formulas,
``explain`` takes a figure apart again.
Every quantity is defined in docs/metrics.md, with an example that a test runs.
"""
