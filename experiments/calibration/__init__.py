"""Which values of the free numbers fit what is known, and how sure can one be? The order of a calibration stands in `fit.py`."""
