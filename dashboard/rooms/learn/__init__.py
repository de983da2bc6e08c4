"""The room in which somebody foresees, runs and is surprised."""
