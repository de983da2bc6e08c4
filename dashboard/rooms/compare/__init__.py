"""Which of several policies, and why: kept policies side by side."""
