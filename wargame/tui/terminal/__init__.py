"""What stands between the program and a terminal: keys and bytes in, text out, and the way out of it."""
