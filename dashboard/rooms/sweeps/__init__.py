"""What comes of many runs, over one lever or several?"""
