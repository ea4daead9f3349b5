"""Starts real servers, Chromium and a static host: for tests and benchmarks only."""
