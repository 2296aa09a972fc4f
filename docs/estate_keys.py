"""Every table and key of ``estate.toml``, from the classes that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec

from docs.markdown import code, head, table
from scanner.estate.file import EstateFile

LEAD = """\
What shall move, and how to look at it. `hv-preflight init` writes a commented file, `hv-preflight estate estate.toml`
checks one and shows what it means, and `hv-preflight schema` prints the JSON Schema that editors complete from. Only
hosts and a `[[route]]` between them are required (no route with the profile `asr-vmm` alone: hosts, VMM servers and key
files are judged then, and without a route nothing is ready). An unknown key is a mistake, and all mistakes are told at
once, each with its key and what would be right. What is declared twice (a host, a VMM server, a key file, a group, a
domain) counts once, with a word; where the two contradict each other, that is a mistake, and so is a group that is
called like a host it does not hold alone. A route is judged for the kinds of move that its `profiles` names, for all
that are asked for where it names none; two tables of one route are both planned, and Site Recovery goes only where a
`[[cloud_pair]]` leads. What may be meant and probably is not (the port of the other transport, a
limit that another one ends, controllers of a domain that nothing names) is told with a word. File names are relative to
this file; where it is read from standard input (`scan -`), to the folder of the call.

**No secret belongs in here.** Wherever a password is wanted, its place is: `password = { env = "HV_PASSWORD" }`, or
`{ keyring = "hv-preflight" }`, `{ file = "/run/secrets/hv" }`, `{ command = ["pass", "hv"] }`, `{ prompt = true }`.
A `command`, a `file` and a `certificate_key` are refused where another account may write this file, what it names, or a
folder on the way ([why](ci.md#secrets)); a secret that others may read is told. What is wrong with a secret is told
by its key alone, as `sign_in.password.env`: what stands there might be the secret itself.

A sign-in is said once in `[sign_in]` and may be overlaid, key by key, by a group and then by a host."""

TABLES = {
    "SignInTable": "`[sign_in]`, and `sign_in = { ... }` in a group, host or VMM server",
    "SecretTable": "`password = { ... }`, `key_password = { ... }`",
    "DirectoryTable": "`[directory]`",
    "NetworksTable": "`[networks]`",
    "NamesTable": "`[names]`",
    "LiveMigrationTable": "`[live_migration]`",
    "ReplicaTable": "`[replica]`",
    "SiteRecoveryTable": "`[site_recovery]`",
    "OperatorTable": "`[operator]`",
    "OfflineTable": "`[offline]`",
    "VmsTable": "`[vms]`",
    "LimitsTable": "`[limits]`",
    "ThresholdsTable": "`[thresholds]`",
    "GroupTable": "`[[group]]`",
    "HostTable": "`[[host]]`, `[[vmm]]`, `[[file_server]]`",
    "RouteTable": "`[[route]]`",
    "SwitchTable": "`[[switch]]`",
    "CloudPairTable": "`[[cloud_pair]]`",
    "NetworkMappingTable": "`[[network_mapping]]`",
    "StorageMappingTable": "`[[storage_mapping]]`",
    "KeyFileTable": "`[[key_file]]`",
}
"""How each table is written in the file."""

Schema = Mapping[str, Any]


def page() -> str:
    """The keys as Markdown."""
    tables = cast("dict[str, Schema]", msgspec.json.schema(EstateFile)["$defs"])
    top = tables.pop("EstateFile")
    lines = head("estate.toml", LEAD)
    lines += ["## The file", "", *_keys(top)]
    for name, schema in sorted(tables.items(), key=lambda item: _place(item[0])):
        lines += ["", f"## {TABLES.get(name, name)}", "", str(schema.get("description", "")), "", *_keys(schema)]
    return "\n".join(lines) + "\n"


def _place(name: str) -> int:
    return list(TABLES).index(name) if name in TABLES else len(TABLES)


def _keys(schema: Schema) -> list[str]:
    return table(("Key", "Type", "Default", "Meaning"), _rows(schema))


def _rows(schema: Schema) -> Iterator[tuple[str, ...]]:
    required = schema.get("required", ())
    for name, key in cast("dict[str, Schema]", schema["properties"]).items():
        yield (
            code(name),
            _kind(key),
            "**required**" if name in required else _default(name, key),
            str(key.get("description", "")),
        )


def _kind(key: Schema) -> str:
    if "$ref" in key:
        return TABLES[str(key["$ref"]).rsplit("/", maxsplit=1)[-1]].split(",")[0]
    if "anyOf" in key:
        return " or ".join(_kind(part) for part in key["anyOf"] if part.get("type") != "null")
    if "enum" in key:
        return " or ".join(code(f'"{word}"') for word in key["enum"])
    if key.get("type") == "array":
        return f"list of {_kind(key['items'])}"
    if key.get("type") == "object":
        return f"table of {_kind(key['additionalProperties'])}"
    low, high = key.get("minimum"), key.get("maximum")
    return f"{key['type']}, {low} to {high}" if low is not None else str(key["type"])


def _default(name: str, key: Schema) -> str:
    if name == "profiles":
        return code('["live-migration"]')
    default = key.get("default")
    if default in (None, "", [], {}):
        return ""
    text = str(default).lower() if isinstance(default, bool) else str(default)
    return code(f'"{text}"' if isinstance(default, str) else text)
