"""The in-memory network: connections without sockets.

pipe.py is one direction of a connection, transport.py one end of it, ports.py the network that an
event loop is given. sockets.py and fronts.py are for servers that do not use asyncio. elsewhere.py
refuses all other hosts.
"""
