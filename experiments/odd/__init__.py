"""The description of the model by the ODD+D protocol: its tables are made from the code, and the two are held together."""
