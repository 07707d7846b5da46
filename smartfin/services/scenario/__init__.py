"""Scenarios: what becomes of a partner if it changes something, and what it takes to land.

ground      what every scenario of a partner stands on: its draw, and what the others achieved
document    scenarios as plain data, for the command line (sides, sought)

The page:

view        a partner with its changes beside its present course (answer, charts, social_price)
levers      each lever as it is moved and typed, in the reader's units (scale)
goal        what it takes of each lever alone, and of several together (asked, together)
wanted      what a reader asks for, wherever it comes from

Named ones:

saved       the ones people named, kept in the ledger, and the plans of record made of them
saved_file  one kept from a file
named       the same as pages and the command line list them, each with its odds now
comparison  several beside the present course; compared, that in words; bridge, why two differ;
            change_words, what each changes; named_document, all of it as plain data
frozen      what a plan of record said when it was frozen, and what it says now
"""
