"""Who decides what: an actor is a folder, a decision is a file with its rule and its numbers."""
