"""Promises of `shared.speech`."""
