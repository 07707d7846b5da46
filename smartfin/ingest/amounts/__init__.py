"""What a cell is worth: its number, its unit, its sign, and repeats made one."""
