"""About: what is this, what does it rest on, and what can it not say?"""
