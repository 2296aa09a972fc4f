#!/bin/bash
# Take the lab down, machines included.  --purge also deletes the state, never the snapshots and authorities.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
. "$HERE/lib/network.sh"; . "$HERE/lib/dc.sh"
case ${1:-} in '' | --purge) ;; *) die "usage: down.sh [--purge]" ;; esac
lock
parallel dc_stop "${ALL_DCS[@]}"
for dc in "${ALL_DCS[@]}"; do dc_namespaces_down "$dc"; done
network_down
if [ "${1:-}" = --purge ]; then rm -rf "${STATE:?}" "${RUN:?}"; fi
rm -f "$OWNER/work"
