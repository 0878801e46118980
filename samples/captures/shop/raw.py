#!/usr/bin/env python3
"""raw.py pipeline|silent: what curl does not send.

pipeline: three requests in one segment on one connection; silent: a DNS query to a port where nobody listens."""
import socket
import sys

if sys.argv[1] == "pipeline":
    paths = ["/api/products/1", "/api/products/9", "/api/products/3"]
    with socket.create_connection(("10.60.0.80", 80)) as connection:
        connection.sendall("".join(f"GET {p} HTTP/1.1\r\nHost: shop.example\r\n\r\n" for p in paths).encode())
        received = b""
        while received.count(b"HTTP/1.1 ") < 3 or not received.endswith(b"}"):
            received += connection.recv(4096)
else:
    name = b"".join(bytes([len(p)]) + p for p in [b"lost", b"shop", b"example"]) + b"\0"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.sendto(b"\x2a\x2a\x01\0\0\x01\0\0\0\0\0\0" + name + b"\0\x01\0\x01", ("10.60.0.80", 53))
