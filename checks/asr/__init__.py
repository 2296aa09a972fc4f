"""Azure Site Recovery."""
