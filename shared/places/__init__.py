"""Counties and districts (data), addresses and roads (code)."""
