"""What those who run the line see: counts of turns, the feed, the workers. No caller is in it."""
