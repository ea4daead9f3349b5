"""Builds what the browser fetches: Python, the packages as archives, and their lock."""
