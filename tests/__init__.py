"""Tests mirror the tree; names and docstrings state a promise."""
