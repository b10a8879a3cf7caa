"""The Alexa skill: POST /alexa, on flask-ask-sdk, with a request verifier of our own."""
