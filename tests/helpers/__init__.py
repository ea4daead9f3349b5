"""What several tests share: drivers of the examples, judges, and the ways to reach a server."""
