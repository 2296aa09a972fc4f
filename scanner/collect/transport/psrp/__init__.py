"""PowerShell sessions with Windows machines."""
