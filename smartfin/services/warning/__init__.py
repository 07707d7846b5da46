"""Early warning: what every rule says of every partner, and how readers see it.

    records    the flags of every partner, each beside its sisters
    sentence   a flag in a sentence
    cell       what a rule says of one partner, or of each of its legal entities
    noted      notes of owners, legal and regulatory matters

Assessment (flags, silences, events of each case) -> matrix   partner by rule
                                                  -> detail   one rule of one partner
                                                  -> beside   a partner beside the closed cases
                                                  -> past     the rules held against the past
                                                  -> view     all of it, frozen, for the page
"""
