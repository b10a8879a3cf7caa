"""One turn for any channel: understanding, dialogue, memory, history, telemetry."""
