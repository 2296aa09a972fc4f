#!/bin/bash
# Put forests back to their snapshot while the lab runs:  reset.sh [corp|branch|island|all]
# corp's two controllers go together: one of a forest alone would be a USN rollback.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for library in network dc dns snapshot ready; do . "$HERE/lib/$library.sh"; done
case ${1:-all} in
  corp) dcs=(dc1 dc2) ;;
  branch) dcs=(dcb) ;;
  island) dcs=(dcc) ;;
  all) dcs=("${ALL_DCS[@]}") ;;
  *) die "usage: reset.sh [corp|branch|island|all]" ;;
esac
lock
hash=$(cat "$STATE/complete" 2>/dev/null) && [ -s "$(snapshot_file "$hash")" ] || die "no snapshot of this state: up.sh"
rm -f "$STATE/complete"    # killed in the middle, the next up.sh starts over
parallel dc_stop "${dcs[@]}"
# a hung process outlives an orderly stop
for dc in "${dcs[@]}"; do
  dc_namespaces_down "$dc"
  ip netns exec "$PREFIX$dc" nft delete table inet hvlab 2>/dev/null
  find "${STATE:?}/$dc"/{etc,lib,cache} -mindepth 1 -delete
done
snapshot_restore "$hash" "${dcs[@]}" || die "restore"
for dc in "${dcs[@]}"; do dc_namespaces_up "$dc"; done
parallel dc_start "${dcs[@]}" && parallel dc_ready "${dcs[@]}" || die "start"
lab_ready || die "the controllers cannot be used (a fault left behind? $RUN/*.session.log): down.sh, then up.sh"
printf '%s\n' "$hash" > "$STATE/complete"
register_machines || die "names of the machines"
