"""Families of the zone: seek care, choose where, trust, join the plan."""
