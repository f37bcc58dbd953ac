"""The dashboard's addresses as a client asks for them, without Streamlit's own program behind them but its files."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from ipsdash.ui import index, programs, serve
from ipsdash.ui.headers import Headers
from ipsdash.ui.logs import Logged
from ipsdash.ui.origins import OwnPages
from ipsdash.ui.programs import SOURCE
from ipsdash.ui.shelf import Packed, Shelf

PAGES = ("overview", "growth")


@pytest.fixture
def client(tmp_path):
    """Asks what the middleware and the routes answer. environment: settings of the headers; shelf: another than an empty one."""

    def start(shelf: Shelf | None = None, base: str = "http://dashboard.example", more: tuple = (), **environment: str) -> TestClient:
        around = [
            Middleware(Headers, page=index.written("nb"), environment=environment), Middleware(Logged), Middleware(OwnPages),
            Middleware(Packed, shelf=shelf or Shelf(SOURCE, tmp_path / "packed", {programs.together(): programs.written})),
        ]  # fmt: skip
        routes = [*more, *serve.routes(PAGES), *create_streamlit_static_assets_routes(None)]
        return TestClient(Starlette(routes=routes, middleware=around), base_url=base, raise_server_exceptions=True)

    return start
