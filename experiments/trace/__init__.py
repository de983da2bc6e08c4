"""Whose story is told, and with which numbers? A child, a doctor or a place of one world, by replay."""
