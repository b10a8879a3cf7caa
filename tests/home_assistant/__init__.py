"""custom_components/mask_line in a real Home Assistant: `make house`, with a Python of its own."""
