"""Tries to leave the network in memory by Python's library, and tells how each way ended.

The path has the port of a server that really listens on this machine. The address 255.255.255.255
is one that no system connects to, so that nothing leaves the machine, whatever is broken here.
"""

import asyncio
import errno
import http.client
import json
import socket
import ssl
import urllib.request

NAME, ADDRESS, HERE = socket.gethostname(), "255.255.255.255", "127.0.0.1"


def blocking_ways(port):
    tls = ssl.create_default_context()
    yield "name", lambda: socket.create_connection((NAME, port))
    yield "address", lambda: socket.create_connection((ADDRESS, port))
    yield "port of this host", lambda: socket.create_connection((HERE, port))
    yield "own port", lambda: socket.create_connection((HERE, 8000))
    yield "connect", lambda: socket.socket().connect((HERE, port))
    yield "connect_ex", lambda: errno.errorcode.get(socket.socket().connect_ex((ADDRESS, port)))
    yield "datagram", lambda: datagram().sendto(b"x", (HERE, port))
    yield "getaddrinfo", lambda: socket.getaddrinfo(NAME, port)
    yield "gethostbyname", lambda: socket.gethostbyname(NAME)
    yield "http.client", lambda: http.client.HTTPConnection(HERE, port).request("GET", "/")
    yield "https", lambda: http.client.HTTPSConnection(NAME, port).request("GET", "/")
    yield "ssl", lambda: tls.wrap_socket(socket.socket(), server_hostname="x").connect((HERE, port))
    yield "urllib, a name", lambda: urllib.request.urlopen(f"http://{NAME}:{port}/")
    yield "urllib, a port", lambda: urllib.request.urlopen(f"http://{HERE}:{port}/")


def datagram():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def awaited_ways(port):
    loop = asyncio.get_running_loop()
    yield "asyncio, a name", lambda: asyncio.open_connection(NAME, port)
    yield "asyncio, an address", lambda: asyncio.open_connection(ADDRESS, port)
    yield "asyncio, a port", lambda: asyncio.open_connection(HERE, port)
    yield "sock_connect", lambda: loop.sock_connect(nonblocking(), (HERE, port))
    yield "loop.getaddrinfo", lambda: loop.getaddrinfo(NAME, port)


def nonblocking():
    made = socket.socket()
    made.setblocking(False)
    return made


def told(error):
    reason = getattr(error, "reason", None)
    error = reason if isinstance(reason, Exception) else error
    number = getattr(error, "errno", None)
    return f"{type(error).__name__} {errno.errorcode.get(number, '')}".strip()


async def try_all(port):
    ends = {}
    for way, call in blocking_ways(port):
        try:
            ends[way] = repr(call())
        except Exception as error:
            ends[way] = told(error)
    for way, call in awaited_ways(port):
        try:
            ends[way] = repr(await call())
        except Exception as error:
            ends[way] = told(error)
    return ends


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    ends = await try_all(int(scope["path"].strip("/")))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(ends).encode()})
