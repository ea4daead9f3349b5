"""What measures the site; see __main__.py."""
