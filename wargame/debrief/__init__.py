"""One game looked back on. Nothing yet: `wargame verify` checks a save, the final screen lays it open."""
