"""What was heard → which place or pharmacy was meant."""
