"""What runs an example without sockets or threads: in the reader's browser, and the same in CPython's tests."""
