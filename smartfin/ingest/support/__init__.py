"""Group finance's list of support: one row a partner, quarter and kind, with amount and currency.

The list is known by its headings, in any of seven languages and any order. Amounts are in single
units; a currency is the euro or the partner's own. An empty cell is missing, never zero: each row
must be whole, and a list with one wrong row is not accepted.

    words       headings and kinds, as people write them
    tables      where the list lies: tables, each under a row of headings
    meaning     what a cell may say: partner, quarter, kind, amount
    rows        one row to a fact, and every fault of it
    beside      what stands in the workbook without being read, so that nothing is lost
    reader      the whole list to a Reading
"""

from __future__ import annotations

from smartfin.ingest.support.reader import is_support_list, support_reading

__all__ = ["is_support_list", "support_reading"]
