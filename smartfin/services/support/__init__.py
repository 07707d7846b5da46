"""Support: what was voted, what was paid, what the group's own list says, what is at stake.

listed      group finance's list as a submission of its own
together    the partner's books, or those of its legal entities put together
books       those books beside that list
beside      the same of a workbook on its way in
size        its amounts beside all that is known of the partner
answers     whose part of the list an answer to a warning belongs to
frame       free services on the list where the books are silent
comparison  books and list of a partner up to a quarter
differences where they differ, in words
path        what was voted, paid and is to come
path_shown  the same in words and pictures
view        the section of a page
exposure    equity put in, loans and guarantees
"""
