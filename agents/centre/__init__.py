"""Places of care: how long one waits there, what investment adds."""
