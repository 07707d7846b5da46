"""Use cases: one module a page, with one frozen view and the function that makes it.

    start        settings, vocabulary and ledger opened; samples on the first start
    assessment   every partner as it stood in a quarter, on what was known on a day
    approval     which figures count: what was accepted, or what of it was approved
    delivered    who has delivered a quarter, beside every total
    frame        what stands around every page: meetings, what waits for approval
    tile         one partner's answer
    board, country, compare, upload, history   the views
    intake       a workbook read, kept waiting, accepted or discarded
    reading      a workbook read with what its partner settled and handed in before
    group, news, story, audit, said, mapping, plan, euro       parts of them
    status, documents                                          plain data for the command line

Pages, the command line and later the board pack call these and nothing below.
"""
