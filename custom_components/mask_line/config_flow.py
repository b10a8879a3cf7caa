"""Adding a line: found by itself in the network, or by host and port."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult, OptionsFlow
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import callback
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .client import Client, ClientError
from .const import CONF_HOUSE, DEFAULT_PORT, DOMAIN

TITLE = "口罩專線"


class MaskLineConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks where the line is, and whether it answers there."""

    VERSION = 1

    def __init__(self) -> None:
        """Nothing found yet."""
        self._found: dict[str, Any] = {}

    @staticmethod
    @callback
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Whether the house is asked about what is not about masks."""
        return MaskLineOptionsFlow()

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Host and port, by hand."""
        errors = {}
        if user_input is not None:
            self._async_abort_entries_match(user_input)
            if await _answers(user_input):
                return self.async_create_entry(title=TITLE, data=user_input)
            errors["base"] = "cannot_connect"
        asked = vol.Schema(
            {
                vol.Required(CONF_HOST): str,
                vol.Required(CONF_PORT, default=DEFAULT_PORT): vol.All(int, vol.Range(1, 65535)),
            }
        )
        filled = self.add_suggested_values_to_schema(asked, user_input or {})
        return self.async_show_form(step_id="user", data_schema=filled, errors=errors)

    async def async_step_zeroconf(self, discovery_info: ZeroconfServiceInfo) -> ConfigFlowResult:
        """The line announced itself."""
        at = {CONF_HOST: discovery_info.host, CONF_PORT: discovery_info.port}
        await self.async_set_unique_id(discovery_info.name)
        self._abort_if_unique_id_configured(updates=at)
        self._async_abort_entries_match(at)
        if not await _answers(at):
            return self.async_abort(reason="cannot_connect")
        self._found = at
        self.context["title_placeholders"] = {"name": TITLE}
        return await self.async_step_found()

    async def async_step_found(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """One press."""
        if user_input is None:
            self._set_confirm_only()
            places = {"host": self._found[CONF_HOST]}
            return self.async_show_form(step_id="found", description_placeholders=places)
        return self.async_create_entry(title=TITLE, data=self._found)


class MaskLineOptionsFlow(OptionsFlow):
    """One switch."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Whether the house is asked."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        now = self.config_entry.options.get(CONF_HOUSE, True)
        asked = vol.Schema({vol.Required(CONF_HOUSE, default=now): bool})
        return self.async_show_form(step_id="init", data_schema=asked)


async def _answers(at: dict[str, Any]) -> bool:
    try:
        await Client(at[CONF_HOST], at[CONF_PORT]).describe()
    except ClientError:
        return False
    return True
