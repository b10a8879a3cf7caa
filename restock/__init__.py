"""Restock messages: who is told of which pharmacy, each once (docs/decisions/restock.md)."""
