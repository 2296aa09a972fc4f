"""What several areas share: verdicts of many parts, versions, who is a node of a cluster, how attempts are read."""
