"""The estate: what the user declares, read from ``estate.toml``."""
