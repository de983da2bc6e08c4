"""What can be said of a policy whichever of the four readings is true: a policy run under all four, its verdicts, its page."""

from experiments.answers.under_all import answer

__all__ = ["answer"]
