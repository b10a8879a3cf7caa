"""The telephone: the Twilio hotline; it only translates."""
