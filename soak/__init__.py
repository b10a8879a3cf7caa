"""Long tries of the whole service, bounded in count and time, on the loopback address: `make soak`.

Each module with a `main` is one of them; it prints what it saw and raises where a promise broke.
"""
