"""口罩專線 in Home Assistant: asks the line that `flask --app app assist` serves."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_PORT, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady

from .client import Client, ClientError

PLATFORMS = (Platform.CONVERSATION,)

MaskLineEntry = ConfigEntry[Client]
"""A configured line; `runtime_data` asks it."""


async def async_setup_entry(hass: HomeAssistant, entry: MaskLineEntry) -> bool:
    """Set up the agent; Home Assistant tries again later where the line does not answer."""
    line = Client(entry.data[CONF_HOST], entry.data[CONF_PORT])
    try:
        await line.describe()
    except ClientError as problem:
        raise ConfigEntryNotReady(str(problem)) from problem
    entry.runtime_data = line
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: MaskLineEntry) -> bool:
    """Take the agent away."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
