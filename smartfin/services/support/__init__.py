"""Support: what was voted, what was paid, what the group's own list says, what is at stake.

listed      group finance's list as a submission of its own
books       the partner's books beside that list
frame       free services on the list where the books are silent
view        the section of a page
exposure    equity put in, loans and guarantees
"""
