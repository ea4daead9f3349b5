"""Serves built folders on loopback, as a static host does: for tests and benchmarks."""

import contextlib
import functools
import gzip
import http.server
import io
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

MEDIA_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}


# What hosts compress; archives and images are compressed already.
COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".xml"}
PIECE = 16_384


@dataclass
class Line:
    """A line that all connections share, with a host that compresses what can be.

    Attributes:
        bits_per_second: What it carries.
        round_trip: How long an answer's first byte takes, in seconds.
    """

    bits_per_second: float
    round_trip: float
    _free: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, size: int) -> None:
        """Wait as long as so many bytes take, after those that are on the line."""
        with self._lock:
            self._free = max(time.monotonic(), self._free) + size * 8 / self.bits_per_second
            wait = self._free - time.monotonic()
        time.sleep(max(0.0, wait))


@functools.cache
def _gzipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | MEDIA_TYPES

    def __init__(self, *args: object, mounts: Mapping[str, Path], line: Line | None) -> None:
        self._mounts = mounts
        self._line = line
        super().__init__(*args)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        for prefix, folder in self._mounts.items():
            if path.startswith(prefix):
                self.directory = str(folder)
                return super().translate_path("/" + path.removeprefix(prefix))
        return "/nonexistent"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Begin the answer, compressed where a line is slow."""
        if self._line is None:
            return super().send_head()
        time.sleep(self._line.round_trip)
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        body = _gzipped(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send the body, as fast as the line carries it."""
        if self._line is None:
            return super().copyfile(source, outputfile)
        while piece := source.read(PIECE):
            self._line.carry(len(piece))
            outputfile.write(piece)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's own page, as GitHub Pages does."""
        page = next(iter(self._mounts.values())) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")  # GitHub Pages' own
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def serve_folders(mounts: Mapping[str, Path], line: Line | None = None) -> Iterator[int]:
    """Serve each folder under its path prefix (`{"/wsgi-vs-asgi/": Path("site")}`), over a line.

    Yields:
        The port on 127.0.0.1.
    """
    handler = functools.partial(_Handler, mounts=mounts, line=line)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
