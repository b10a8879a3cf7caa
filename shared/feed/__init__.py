"""A feed: bytes from a URL or a file → a snapshot, kept fresh."""
