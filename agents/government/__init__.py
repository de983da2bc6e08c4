"""Basic insurance and the district government."""
