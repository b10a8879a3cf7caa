"""Outcomes → words for the ear; `text/<locale>.yaml` holds the sentences."""
