"""Where tables lie on a sheet, and what the headings of their columns mean."""
