"""Numbers to numbers: pandas, numpy and the vocabulary only; no clock, no files, no words.

    tidy frame -> table -> indicators -> outlook -> verdict -> changes
                     └───> compare (euro, alignment, ranks)

``partition`` says which line item is in which class, ``breakeven`` holds the formulas.
Every quantity is defined in docs/metrics.md, with an example that a test runs.
"""
