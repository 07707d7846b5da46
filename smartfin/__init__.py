"""smartfin: who breaks even by the deadline, and where each number comes from."""

__version__ = "0.5.0"
