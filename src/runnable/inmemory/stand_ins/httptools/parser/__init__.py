"""In place of httptools.parser: only its errors are here."""
