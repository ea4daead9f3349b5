"""Markdown to HTML: the fences that become examples, commands and tables."""
