"""The in-memory network: connections without sockets, for asyncio, blocking and polled servers."""
