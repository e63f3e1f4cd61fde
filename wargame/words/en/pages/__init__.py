"""What the screens say, a module for each folder of `tui/`: titles, labels, hints, help."""
