"""The query logic: no web framework and no voice platform is known in here."""
