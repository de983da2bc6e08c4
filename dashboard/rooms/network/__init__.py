"""Who is tied to whom, and how does it change from quarter to quarter?"""
