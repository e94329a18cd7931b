"""How updates arrive and replies leave."""
