"""The door for a notebook: load a scenario, run it, compare two, sweep many; answers are pandas frames."""
