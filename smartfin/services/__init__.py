"""Use cases: one module a page, with one frozen view and the function that makes it.

    start        settings, vocabulary and ledger opened; samples on the first start
    assessment   every partner as it stood in a quarter, on what was known on a day
    approval     which figures count: what was accepted, or what of it was approved
    frame        what stands around every page: meetings, what waits for approval
    kept         what several readers ask for at once is worked out once
    tile         one partner's answer
    board, compare, upload       the views of these pages; rooms for the larger ones:
    country      one partner in depth
    warning      flags, precedents, and what rules said in the past
    backtest     how far the outlook can be trusted
    support      what was voted, paid and is at stake; group finance's own list
    entities     partners of several legal entities
    record       what was handed in and decided: the History page
    provenance   where a number comes from
    export       the yearly export
    verify       the ledger recomputed from its bytes
    intake       a workbook read, kept waiting, accepted or discarded
    reading      a workbook read with what its partner settled and handed in before
    recipe       what its reader was told, so that it can be read again
    pools, set_figures           what judging needs besides the ledger
    group, news, audit, euro     parts of the views
    mapping, said, meanwhile, handed_in, handback    parts of handing in
    status, totals, documents                  plain data for the command line

Pages, the command line and later the board pack call these and nothing below.
"""
