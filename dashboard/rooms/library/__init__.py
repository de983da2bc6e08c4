"""Which scenarios are there, and what does each ask?"""
