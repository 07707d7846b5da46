"""Scenarios: what becomes of a partner if it changes something, and what it takes to land.

ground      what every scenario of a partner stands on: its draw, and what the others achieved
saved       the ones people named, kept in the ledger, and the plans of record made of them
"""
