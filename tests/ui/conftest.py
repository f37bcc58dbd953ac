"""The dashboard's addresses as a client asks for them, without Streamlit's own program behind them but its files."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from ipsdash.ui import programs, serve
from ipsdash.ui.programs import SOURCE
from ipsdash.ui.shelf import Shelf

PAGES = ("overview", "growth")


@pytest.fixture
def client(tmp_path):
    """Asks what the middleware and the routes answer. environment: settings of the headers; shelf: another than an empty one."""

    def start(shelf: Shelf | None = None, base: str = "http://dashboard.example", more: tuple = (), **environment: str) -> TestClient:
        packed = shelf or Shelf(SOURCE, tmp_path / "packed", {programs.together(): programs.written})
        around = serve.middleware(environment, packed)
        routes = [*more, *serve.routes(PAGES), *create_streamlit_static_assets_routes(None)]
        return TestClient(Starlette(routes=routes, middleware=around), base_url=base, raise_server_exceptions=True)

    return start
