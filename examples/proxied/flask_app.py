# /// script
# dependencies = ["flask"]
# tool.runnable.server = "wsgiref"
# ///
"""Flask behind a proxy: what it is told of the client."""

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
# One proxy stands before the server, and sets these three headers:
# X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Prefix.
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_prefix=1)


@app.get("/")
def seen():
    return {
        "client": request.remote_addr,
        "scheme": request.scheme,
        "prefix": request.script_root,
    }


@app.post("/upload")
def upload():
    return {"bytes": len(request.get_data())}
