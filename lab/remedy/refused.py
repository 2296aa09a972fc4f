"""Why a printed command is not carried out."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - Windows refuses it; it is no fault of the lab
    """Windows would not carry it out: there is no such command, parameter, object or value."""


class Harm(Refused):
    """It would be carried out, and break something else."""
