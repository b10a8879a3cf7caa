"""Dialogflow ES: the fulfilment webhook, an agent that is asked, and the upload of one."""
