"""The hotline: Twilio's requests → turns, replies → TwiML. Decides nothing of the conversation."""
