"""Networks and encryption."""
