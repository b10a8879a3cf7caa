"""Districts, former names, addresses and telephone numbers."""
