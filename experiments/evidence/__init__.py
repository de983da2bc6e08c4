"""What is known about every number of the model, and what is each datum used for?

`alliance evidence` lists it, docs/evidence.md keeps it, `python -m experiments.evidence --write` writes that page.
"""
