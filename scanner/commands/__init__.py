"""The commands of ``hv-preflight``: each a function of its name, in a module that ``lazy`` imports when it is called.

What they take together, and the help for it, stands in ``options``.
"""

from __future__ import annotations

COMMANDS = {
    "init": ("estate", "Write a commented estate file."),
    "estate": ("estate", "Check an estate file and show what it means."),
    "schema": ("estate", "Print the JSON Schema of the estate file."),
    "queries": ("queries", "Show exactly what will be read, and by which check."),
    "jea": ("queries", "Write a least-privilege endpoint for just these queries."),
    "doctor": ("doctor", "Look at each step that leads to the machines, before a scan."),
    "scan": ("scan", "Read the estate, judge it, write the reports."),
    "audit": ("audit", "Scan, keep the run, and tell what changed since the last."),
    "collect": ("scan", "Read the estate and keep the evidence."),
    "judge": ("scan", "Judge kept evidence, without touching anything."),
    "demo": ("scan", "Judge the shipped record of a practice estate."),
    "show": ("show", "Show what a record holds, or a recording of a machine."),
    "history": ("history", "Show what audits kept: runs, findings, routes; or write pages."),
    "verify": ("verify", "Verify what --attest signed, and the files of its run."),
    "diff": ("diff", "Show what changed between two runs."),
    "waive": ("waivers", "Print the entry that waives a finding for a while."),
    "waivers": ("waivers", "Check a file of waivers."),
    "checks": ("explain", "List the checks."),
    "explain": ("explain", "Tell all about one check."),
    "why": ("why", "Show every check that bears on one move."),
    "fix": ("fix", "Print the commands of one role as a script to look at."),
    "vms": ("vms", "Tell which virtual machines may move now, and why not."),
}
"""The module of each, and the line that lists it: both are known before anything of it is imported."""

GATES = ("scan", "audit", "collect", "judge", "demo", "verify", "why", "vms")
"""Their word is the exit code; that of the others is what they print."""
