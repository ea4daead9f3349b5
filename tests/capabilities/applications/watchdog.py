"""Hides the package of this name, by which Werkzeug reloads where it is installed.

It comes with what builds this site, and not with the command that a reader installs.
"""
