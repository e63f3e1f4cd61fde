"""What screens are made of: painted lines, lists of rows, and the panes that explain a row."""
