"""The record: what was handed in and decided, what changed, who has delivered.

history      the History page
decide       withdrawing, approving, closing, pinning; and what it did
vote         votes of the members; ``note``, remarks and legal matters
decided      what was decided, as tables
changed      figures that changed, as rows
deliveries   who has handed in, how late and how complete; ``delivered`` in one phrase
documents    the same as plain data
"""
