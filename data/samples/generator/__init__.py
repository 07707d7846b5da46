"""The synthetic workbooks of seven partners: a story, seven habits of printing it, the truth.

Nothing here is anybody's accounts: every figure is made up within ranges that are public
or plausible, and every file says "synthetic". Run ``python -m data.samples.generator`` to
write the workbooks again; the same seed gives the same cells.

    profiles   what each partner is like: volume, fees, coverage, costs
    economics  the quarterly profit and loss that follows from it
    balance    balance sheet and cash flow that tie to it
    people     members, team and social items
    plan       the budgets of 2022 and 2023
    correction what Spain first reported wrongly
    story      all of that put together
    books      which workbook prints what, and when it is handed in
    habits     how each country prints: language, layout, signs, labels
    paper      rows and columns onto a sheet
    truth      every fact a perfect reader finds in the files
"""

from data.samples.generator.books import BOOKS, Book
from data.samples.generator.truth import TrueFact, truth
from data.samples.generator.writing import write_samples

__all__ = ["BOOKS", "Book", "TrueFact", "truth", "write_samples"]
