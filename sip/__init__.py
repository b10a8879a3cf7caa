"""The line on a telephone of one's own: SIP and RTP, with sound; no platform between."""
