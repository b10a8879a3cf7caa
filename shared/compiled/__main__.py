"""Compiles the library, unless it is there."""

from shared.compiled import compiled

if __name__ == "__main__":
    compiled()
