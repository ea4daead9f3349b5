"""The clock that really blocks: `time.sleep` holds the thread, as it does under a real server.

Where the browser can switch stacks (JSPI), Pyodide turns `time.sleep` into an `await`: ten blocking
calls then overlap, which is untrue of the very thing that the site explains. The original is put
back.
"""

import time


def install() -> None:
    """Put the blocking `time.sleep` back, in Pyodide; elsewhere it is already there."""
    try:
        from pyodide import webloop
    except ImportError:
        return
    time.sleep = webloop._orig_sleep
