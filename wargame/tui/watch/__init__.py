"""What everybody watches together: news, the reveal, the cards, the upkeep, the talk, the hand-over."""
