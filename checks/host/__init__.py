"""Host readiness."""
