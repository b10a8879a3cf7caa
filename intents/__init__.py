"""What people say, one set of sentences for every platform, and what is wanted by it."""
