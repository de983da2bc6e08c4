"""Can the model be believed? Checks and pictures, each a pure function; the report only lists what they return."""
