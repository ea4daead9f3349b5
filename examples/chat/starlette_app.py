# /// script
# dependencies = ["starlette", "uvicorn", "wsproto"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette: a chat, as a page whose script opens a WebSocket."""

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute

PAGE = """<!doctype html>
<title>Chat</title>
<form><input aria-label="Message" required autocomplete="off">
<button>Send</button></form>
<ul></ul>
<script>
  const [form, list] = document.querySelectorAll("form, ul");
  const socket = new WebSocket("/chat");
  socket.onmessage = ({ data }) => {
    const line = document.createElement("li");
    line.textContent = data;
    list.append(line);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    socket.send(form[0].value);
    form.reset();
  };
</script>"""

sockets = set()


async def page(request):
    return HTMLResponse(PAGE)


async def chat(websocket):
    await websocket.accept()
    sockets.add(websocket)
    try:
        async for text in websocket.iter_text():
            for each in sockets:
                await each.send_text(text)
    finally:
        sockets.discard(websocket)


app = Starlette(
    routes=[Route("/", page), WebSocketRoute("/chat", chat)]
)
