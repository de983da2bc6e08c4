"""The same alliance as a plain Mesa model: every child, household, doctor, place and institution an ordinary agent."""
