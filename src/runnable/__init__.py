"""Makes a file in examples/ run: in a reader's browser, and in tests on servers."""
