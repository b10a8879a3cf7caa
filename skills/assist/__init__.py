"""Assist, the voice assistant of Home Assistant: a Wyoming server that announces itself."""
