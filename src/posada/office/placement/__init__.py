"""The plan board, offers, placements, check-ins and moves."""
