"""The conversation: (state, turn, snapshot, now) → (state, reply); pure."""
