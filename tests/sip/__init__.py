"""Real calls to the line with sound."""
