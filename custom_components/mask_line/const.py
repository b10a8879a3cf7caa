"""Names that several modules share."""

DOMAIN = "mask_line"
DEFAULT_PORT = 10400

CONF_HOUSE = "house"
"""option: what is not about masks is put to Home Assistant's own agent"""
