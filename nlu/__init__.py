"""What an utterance asks for: understanding of sentences, in words and in syllables."""
