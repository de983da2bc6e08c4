"""How are worlds run, compared and kept?"""
