"""What measures servers; see __main__.py."""
