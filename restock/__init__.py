"""Restock messages: each person is told once of each restock (docs/decisions/restock.md)."""
