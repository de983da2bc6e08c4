"""What does a person see of the simulated alliance?"""
