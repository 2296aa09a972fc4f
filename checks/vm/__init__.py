"""Virtual machine readiness."""
