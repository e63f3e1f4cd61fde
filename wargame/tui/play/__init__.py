"""The pages of a seat's turn: its orders and answers, the desk, a question to it, and what only it knows."""
