"""What runs an example without sockets or threads: in the browser, and in CPython's tests."""
