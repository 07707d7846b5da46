"""The social project beside the money: each partner's verdict, and how readers see it.

    votes      what members decided on their fee
    case       the verdict of every partner, now and in the quarters before
    said       a verdict and its evidence in words

-> matrix   partner by indicator, and result against social project
-> depth    the twelve of one partner against its own past
-> bought   what changed its result, and who paid for it
-> pays     who pays for a fee, and what members decided on it
-> trend    the twelve over time, the verdicts quarter by quarter
-> view     all of it, frozen, for the page
"""
