"""Failover clusters."""
