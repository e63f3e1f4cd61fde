"""A saved game looked back on: its pages, its timeline, its charts."""
