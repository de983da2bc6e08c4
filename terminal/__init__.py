"""What one can ask at a terminal, beyond a single run: a module for each kind of question; `cli.py` registers them."""
