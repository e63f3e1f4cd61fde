"""One table for many screens: sessions over ssh, pass phrases, presence, and turns prepared at once."""
