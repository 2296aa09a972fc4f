"""From closed evidence to findings, readiness and verdict: subjects, judging, identity, policy."""
