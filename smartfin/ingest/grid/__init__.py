"""A workbook as sheets of typed cells, with what spreadsheets hide of themselves."""
