#!/usr/bin/env python3
"""The shop's application server: HTTP/1.1 on port 9000, behind nginx and by itself."""
import gzip
import json
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PRODUCTS = [{"id": i, "name": n, "price": p} for i, n, p in
            [(1, "kettle", 29.9), (2, "teapot", 34.5), (3, "cup", 7.25), (4, "sieve", 4.75), (5, "tray", 18.0)]]


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Shop/1.0"
    sys_version = ""

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/api/products":
            self.answer(200, PRODUCTS)
        elif url.path.startswith("/api/products/"):
            found = [p for p in PRODUCTS if str(p["id"]) == url.path.rsplit("/", 1)[1]]
            self.answer(200, found[0]) if found else self.answer(404, {"error": "no such product"})
        elif url.path == "/api/search":
            words = parse_qs(url.query).get("q", [""])
            self.answer(200, [p for p in PRODUCTS if any(w in p["name"] for w in words)])
        elif url.path == "/api/orders":
            signed_in = "session=" in self.headers.get("Cookie", "")
            self.answer(200, [{"order": 1001, "total": 64.4}]) if signed_in else self.answer(401, {"error": "sign in first"})
        elif url.path == "/api/slow":
            time.sleep(0.25)
            self.answer(200, {"report": "ready"})
        elif url.path == "/api/fail":
            self.answer(500, {"error": "stock service did not answer"})
        elif url.path == "/api/export":
            self.chunks([b"id;name;price\n"] + [f"{p['id']};{p['name']};{p['price']}\n".encode() for p in PRODUCTS])
        elif url.path == "/api/news":
            self.until_close(b"two teapots for one\n")
        else:
            self.answer(404, {"error": "not found"})

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/login":
            self.answer(303, None, [("Location", "/"), ("Set-Cookie", "session=c0ffee; Path=/; HttpOnly"), ("Set-Cookie", "theme=dark")])
        elif self.path == "/api/cart":
            self.answer(201, {"cart": 42, "items": json.loads(body)["items"]}, [("Location", "/api/cart/42")])
        elif self.path == "/api/reviews":
            self.answer(201, {"review": 7, "bytes": len(body)})
        else:
            self.answer(404, {"error": "not found"})

    def do_PUT(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(200, {"cart": 42, "updated": True})

    def do_DELETE(self):
        self.answer(204, None)

    def answer(self, status, value, headers=()):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        if value is not None:
            self.send_header("Content-Type", "application/json")
        if self.headers.get("Accept-Encoding") == "gzip" and body:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        for name, text in headers:
            self.send_header(name, text)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def chunks(self, pieces):
        self.send_response(200)
        for name, text in [("Content-Type", "text/csv"), ("Transfer-Encoding", "chunked"), ("Trailer", "X-Rows")]:
            self.send_header(name, text)
        self.end_headers()
        for piece in pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\nX-Rows: %d\r\n\r\n" % len(pieces))

    def until_close(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return formatdate(1767603605, usegmt=True)

    def log_message(self, *arguments):
        pass


ThreadingHTTPServer(("0.0.0.0", 9000), Shop).serve_forever()
