"""Telemetry for the operator: counts of turns, the feed, the workers; no words and no numbers."""
