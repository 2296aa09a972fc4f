"""From the estate to closed evidence: what to ask of whom, the collectors, the ways to a machine."""
