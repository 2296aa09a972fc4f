"""The commands of ``hv-preflight``: each a function of its name, in a module that ``lazy`` imports when it is called.

What they take together, and the help for it, stands in ``options``.
"""

from __future__ import annotations

from scanner.words.telling import tell

COMMANDS = {
    "init": ("estate", tell("Write a commented estate file.")),
    "estate": ("estate", tell("Check an estate file and show what it means.")),
    "schema": ("estate", tell("Print the JSON Schema of the estate file.")),
    "queries": ("queries", tell("Show exactly what will be read, and by which check.")),
    "jea": ("queries", tell("Write a least-privilege endpoint for just these queries.")),
    "doctor": ("doctor", tell("Look at each step that leads to the machines, before a scan.")),
    "scan": ("scan", tell("Read the estate, judge it, write the reports.")),
    "audit": ("audit", tell("Scan, keep the run, and tell what changed since the last.")),
    "collect": ("scan", tell("Read the estate and keep the evidence.")),
    "judge": ("scan", tell("Judge kept evidence, without touching anything.")),
    "demo": ("scan", tell("Judge the shipped record of a practice estate.")),
    "show": ("show", tell("Show what a record holds, or a recording of a machine.")),
    "history": ("history", tell("Show what audits kept: runs, findings, routes; or write pages.")),
    "verify": ("verify", tell("Verify what --attest signed, and the files of its run.")),
    "diff": ("diff", tell("Show what changed between two runs.")),
    "waive": ("waivers", tell("Print the entry that waives a finding for a while.")),
    "waivers": ("waivers", tell("Check a file of waivers.")),
    "checks": ("explain", tell("List the checks.")),
    "explain": ("explain", tell("Tell all about one check.")),
    "why": ("why", tell("Show every check that bears on one move.")),
    "fix": ("fix", tell("Print the commands of one role as a script to look at.")),
    "vms": ("vms", tell("Tell which virtual machines may move now, and why not.")),
}
"""The module of each, and the line that lists it: both are known before anything of it is imported."""

GATES = ("scan", "audit", "collect", "judge", "demo", "verify", "why", "vms")
"""Their word is the exit code; that of the others is what they print."""
