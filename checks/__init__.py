"""Every mistake in the data files at once, each with file, line and remedy: `python -m checks`.

It needs no part of the service to start: a mistake in a file must not hide the others.
"""
