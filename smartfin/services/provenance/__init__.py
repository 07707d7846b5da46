"""Where a number comes from: from any figure on a page down to the cells of a workbook.

figure       the address of a number; views put it on their cells
explain      the view: its sum with the real figures, and what it rests on
explained    an indicator or line item; ``derived``, ``parts`` and ``group_parts`` the rest
sums         the sums in words and figures
facts_read   the amounts at the bottom, each with its place
excerpt      the picture of the rows around a cell
document     the same as plain data
"""
