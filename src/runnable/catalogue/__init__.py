"""What there is to run: the examples, their contracts, the servers, and which suits which."""
