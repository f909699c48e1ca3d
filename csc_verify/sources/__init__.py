"""From an address to evidence. Fetching and parsing are apart; nothing is judged here."""
