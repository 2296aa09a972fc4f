"""Which system this program runs on: the one place that says so, so that a test can say it, too."""

from __future__ import annotations

import os

WINDOWS = os.name == "nt"
