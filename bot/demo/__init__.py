"""A district to try the program on: its data, and the demo that plays it in a browser."""
