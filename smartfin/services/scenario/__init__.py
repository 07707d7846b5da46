"""Scenarios: what would be if something were done otherwise.

saved        kept under a name, version by version; frozen for a meeting
"""
