"""The commands of ``hv-preflight``, one module a group. Each is a function; ``cli`` registers them."""
