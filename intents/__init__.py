"""Language as data: the intents, their slots, and one set of sentences for all platforms."""
