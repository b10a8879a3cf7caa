"""LINE, directly: POST /line, on LINE's own SDK for its signature, events and messages."""
