"""hv-preflight: tells, with evidence, whether a Hyper-V move may start. Reads; never changes anything."""

__version__ = "0.1.0"
