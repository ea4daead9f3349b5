"""Clients that parse inside the server's `write()`: HTTP/1.1, HTTP/2, WebSocket."""
