"""Decide: move a lever, and see what becomes of children and money."""
