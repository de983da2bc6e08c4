"""Which numbers that nobody knows move the answers: a screening of all of them, then shares of variance of those that matter."""
