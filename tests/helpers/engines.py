"""Programs that the tests of several engines run."""

# Pyodide would turn time.sleep into an await: then all begin before one ends.
SLEEPERS = """
import asyncio
import time
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    order = []
    async def sleeper():
        order.append("begin")
        time.sleep(0.05)
        order.append("end")
    await asyncio.gather(sleeper(), sleeper())
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": " ".join(order).encode()})
"""
SLEPT = "begin end begin end"
