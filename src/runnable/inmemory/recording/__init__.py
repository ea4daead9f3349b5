"""The recorder: what crosses the interface and the wire, with its times, and without changing it.

recorder.py keeps the entries, and entries.py says what an entry is. wsgi_taps.py, asgi_taps.py and
aiohttp_taps.py stand around the application, outermost; wire.py in the network; steps.py at the
event loop. All have one clock.
"""
