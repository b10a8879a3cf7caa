"""The conversation, turn by turn, without a platform."""
