"""The preview: a scenario as it will be seen, anew whenever its files are saved."""
