"""What no check judges yet of Hyper-V Replica, VMM, Site Recovery, clusters and shares."""

from __future__ import annotations

YET = ()
