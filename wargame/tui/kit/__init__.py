"""What every page is made of: banner, gauges, seats as cards, faces, dice."""
