"""What measures a capability, reads what is expected, and writes what is published."""
