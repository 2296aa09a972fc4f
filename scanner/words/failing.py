"""Ids and codes of error records that are told apart; never their texts, which are localised.

Standard library only.
"""

from __future__ import annotations

KINDS_BY_CODE = {"8004100e": "namespace", "80041010": "class"}
KINDS_BY_ID = {
    "PathNotFound": "key", "ItemNotFound": "key", "CommandNotFoundException": "module",
    "GetAcl_PathNotFound": "key", "GetAcl_PathNotFound_Exception": "key",
}  # fmt: skip
"""What is not there, by HRESULT and by id."""
RELEASE_KINDS = ("namespace", "class", "module")
"""which of these a release may not know"""
PROVIDER = ("80041013", "80041014", "80041001", "80041033", "800706ba", "80070422")
"""HRESULTs of a provider that does not answer"""
CLIENT = "MiClientApiError"
"""begins ids of CIM's client"""
HYPER_V = "Microsoft.HyperV.PowerShell."
