"""Live-migration settings."""
