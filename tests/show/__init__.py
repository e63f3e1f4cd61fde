"""What is shown to people who ask what the program can do: whole evenings in real processes."""
