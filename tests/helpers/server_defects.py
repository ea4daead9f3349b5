"""Which server fails which example's contract, and how that shows."""

from helpers.catalogue import ALL
from helpers.defects import Defect

NO_START_WITHOUT_BODY = Defect(
    "where the iterable yields nothing, Hypercorn sends no start of a response:"
    " pgjones/hypercorn#331",
    "(form|delete): (status is 500|no cookie)|there is a traceback in .*UnexpectedMessageError",
)
OF_SANIC = [name for name, example in ALL.items() if "sanic" in example.dependencies]
NO_LIFESPAN_FOR_SANIC = Defect(
    "Sanic cannot answer without a lifespan, and Daphne has none: django/daphne#264",
    r"[\w ]+: (status is 500|body|no (cookie|header)|.*refused the WebSocket: 500)"
    "|there is a traceback in .*Loop can only be",
)
READ_TWICE = Defect(
    "Gunicorn reads an answer's headers twice, and Sanic's is an iterator, empty the second"
    " time: ASGI calls for an iterable (www, Response Start), and for lists (main, Events)",
    r"[\w ]+: no (cookie|header)",
)
NO_LIFESPAN = Defect(
    "Daphne has no lifespan: django/daphne#264",
    "greeting: (status is 500|no header|body is)|there is a traceback in ",
)
DEFECTS = {
    **{("daphne", name): NO_LIFESPAN for name in ALL if name.startswith("lifespan/")},
    ("granian-wsgi", "streaming/bare_wsgi_app.py"): Defect(
        "a generator calls start_response when it is first iterated, which is after Granian has"
        " read status and headers: emmett-framework/granian#845, closed as wontfix",
        "count: no header content-type",
    ),
    ("hypercorn-wsgi", "notes/bottle_app.py"): NO_START_WITHOUT_BODY,
    ("hypercorn-wsgi", "notes/flask_app.py"): NO_START_WITHOUT_BODY,
    ("granian", "websocket/quart_app.py"): Defect(
        "while the application awaits receive(), websocket.close is not sent; Quart always does:"
        " asgi.readthedocs.io, Close - send event; compare emmett-framework/granian#798",
        "bye: .*no more came",
    ),
    ("daphne", "websocket/quart_app.py"): Defect(
        "Quart wants the scope's scheme, which is optional: asgi.readthedocs.io, WebSocket"
        " connection scope",
        r"\w+: .*refused the WebSocket: 500|there is a traceback in .*KeyError: 'scheme'",
    ),
    **{("daphne", name): NO_LIFESPAN_FOR_SANIC for name in OF_SANIC},
    **{("gunicorn-asgi", name): READ_TWICE for name in OF_SANIC if ALL[name].contract.requests},
}
