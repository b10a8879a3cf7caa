"""Speaker skills: Alexa, Dialogflow, Assist; each only translates."""
