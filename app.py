"""Where does a browser enter? `alliance serve`, or `solara run app.py`"""

from dashboard.page import Layout, Page, routes

__all__ = ["Layout", "Page", "routes"]
