"""wsgiref's server, as `make_server(…).serve_forever()` runs it, behind a buffering front."""

from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from runnable.inmemory.network.fronts import BufferingFront
from runnable.inmemory.network.ports import MemoryNetwork
from runnable.inmemory.network.sockets import BlockingSocket, ListeningSocket
from runnable.inmemory.recording.recorder import Recorder
from runnable.inmemory.recording.wsgi_taps import recorded_wsgi
from runnable.inmemory.servers import Stop

IMPORTS_IN_LOOP = False


async def start(app: Any, host: str, port: int, network: MemoryNetwork, recorder: Recorder) -> Stop:
    """Serve a WSGI application, one request after another."""
    server = WSGIServer((host, port), WSGIRequestHandler, bind_and_activate=False)
    server.socket.close()  # socketserver opens one, unbound
    listening: Any = ListeningSocket()
    server.socket = listening
    server.server_bind()
    server.server_activate()
    server.set_app(recorded_wsgi(app, recorder))

    def serve(connection: BlockingSocket) -> None:
        listening.push(connection)
        server._handle_request_noblock()  # type: ignore[attr-defined]  # what serve_forever() calls when one is ready

    front = await network.create_server(lambda: BufferingFront(serve), host, port)

    async def stop() -> None:
        front.close()
        server.server_close()

    return stop
