"""One table for many screens: who may come in over ssh, and what runs for each of them."""
