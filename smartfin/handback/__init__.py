"""What finance gets back: a blank workbook to fill, its own workbook with the faults marked."""
