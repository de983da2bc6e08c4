"""The mutual-aid fund: what it covers, whom it pays, what it does with a surplus, when it may."""
