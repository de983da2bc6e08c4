"""Where does a browser enter? `solara run app.py`"""

from dashboard.page import Layout, Page

__all__ = ["Layout", "Page"]
