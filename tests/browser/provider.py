"""A provider of sign-in (OpenID Connect) on this machine: everybody who comes is the one person it was made with."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "ipsdash"


class Provider:
    """person: the claims of whoever signs in, such as email and groups. asked, ended: the queries of
    those who came to sign in and to sign out."""

    def __init__(self, **person: object):
        self.person, self.key, self.nonce = person, RSAKey.generate_key(2048, {"kid": "one"}), ""
        self.asked: list[dict[str, str]] = []
        self.ended: list[dict[str, str]] = []
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self)

            def do_POST(self):
                provider.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def secrets(self, dashboard: str) -> str:
        """What .streamlit/secrets.toml of the dashboard at this address has to say."""
        return (
            f'[auth]\nredirect_uri = "{dashboard}/oauth2callback"\ncookie_secret = "{"x" * 40}"\nclient_id = "{CLIENT}"\n'
            f'client_secret = "secret"\nserver_metadata_url = "{self.address}/.well-known/openid-configuration"\n'
            f'client_kwargs = {{ prompt = "login" }}\n'
        )

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        """One request: what the provider can do, sign-in without a question, the token, the key, and its end."""
        address = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            self.nonce = query.get("nonce", "")
            self.asked.append(query)
            asked.send_response(302)
            asked.send_header("location", f"{query['redirect_uri']}?{urlencode({'code': 'one', 'state': query['state']})}")
            asked.end_headers()
            return
        if address.path == "/logout":
            self.ended.append(query)
            asked.send_response(302)
            asked.send_header("location", query["post_logout_redirect_uri"])
            asked.end_headers()
            return
        asked.rfile.read(int(asked.headers.get("content-length") or 0))
        said = json.dumps(self._said(address.path)).encode()
        asked.send_response(200)
        asked.send_header("content-type", "application/json")
        asked.end_headers()
        asked.wfile.write(said)

    def _said(self, path: str) -> dict[str, object]:
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/token":
            now = int(time.time())
            claims = {"iss": self.address, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 3600, "nonce": self.nonce, **self.person}
            return {"access_token": "one", "token_type": "Bearer", "expires_in": 3600, "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)}
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks", "end_session_endpoint": f"{self.address}/logout", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", "email", "profile"],
        }  # fmt: skip

    def close(self) -> None:
        self.server.shutdown()
