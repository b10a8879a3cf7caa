"""The agent: the line's answers, and the house for what is not the line's."""

from typing import Literal

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.entity_platform import AddEntitiesCallback

from .client import Answer, Client, ClientError
from .const import CONF_HOUSE


async def async_setup_entry(
    hass: HomeAssistant, entry: ConfigEntry, async_add_entities: AddEntitiesCallback
) -> None:
    """One agent for each line."""
    async_add_entities([MaskLineAgent(entry)])


class MaskLineAgent(conversation.ConversationEntity):
    """Asks the line first. `prefer handling commands locally` asks the house first instead."""

    _attr_has_entity_name = True
    _attr_name = None

    def __init__(self, entry: ConfigEntry) -> None:
        """`entry`: a line that was set up."""
        self._line: Client = entry.runtime_data
        self._house: bool = entry.options.get(CONF_HOUSE, True)
        self._attr_unique_id = entry.entry_id
        self._attr_name = entry.title

    @property
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Every language: where it is none of the line's, what is said is the house's."""
        return MATCH_ALL

    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        """Say what the line answers, and keep the microphone open where it asked something."""
        name = chat_log.conversation_id
        try:
            answer = await self._line.ask(
                user_input.text, user_input.language, name, user_input.device_id or ""
            )
        except ClientError:
            answer = None
        if self._house and (answer is None or not answer.ours):
            return await self._ask_house(user_input, name)
        return self._said(answer, user_input, chat_log)

    def _said(
        self,
        answer: Answer | None,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> conversation.ConversationResult:
        response = intent.IntentResponse(language=user_input.language)
        if answer is None:
            failed = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(failed, "The mask line does not answer")
        elif answer.ours:
            response.async_set_speech(answer.text)
            chat_log.async_add_assistant_content_without_tools(
                conversation.AssistantContent(agent_id=user_input.agent_id, content=answer.text)
            )
        else:
            response.async_set_error(intent.IntentResponseErrorCode.NO_INTENT_MATCH, answer.text)
        return conversation.ConversationResult(
            response=response,
            conversation_id=chat_log.conversation_id,
            continue_conversation=answer is not None and answer.listens,
        )

    async def _ask_house(
        self, user_input: conversation.ConversationInput, name: str
    ) -> conversation.ConversationResult:
        """What Home Assistant's own agent makes of it, error or not: as without us."""
        return await conversation.async_converse(
            self.hass,
            user_input.text,
            name,
            user_input.context,
            language=user_input.language,
            agent_id=conversation.HOME_ASSISTANT_AGENT,
            device_id=user_input.device_id,
        )
