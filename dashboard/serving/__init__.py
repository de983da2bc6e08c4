"""How is the dashboard served to many visitors, some of whom mean harm?"""
