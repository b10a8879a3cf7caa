"""Assist, the voice assistant of Home Assistant: a Wyoming server, found by itself at home."""
