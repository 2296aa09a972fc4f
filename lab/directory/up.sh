#!/bin/bash
# Bring the directory lab up, whatever state a former run left.
#   up.sh [--fresh] [FILE.toml...]
# Without files: lab/estates/*/directory.toml and example.toml.  What the files declare (and the scripts that put it
# there) has a hash.  State of that hash is started, else a snapshot of it unpacked, else all is made from nothing and
# a snapshot written.  --fresh makes it from nothing in any case.  On a running lab of the same hash: a check only.
# In each case it ends when the lab can be used (lib/ready.sh), not before.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for library in network tls dc dns snapshot ready; do . "$HERE/lib/$library.sh"; done

fresh=no files=()
for argument in "$@"; do
  case $argument in
    --fresh) fresh=yes ;;
    -*) die "unknown option $argument; usage: up.sh [--fresh] [FILE.toml...]" ;;
    *) files+=("$(realpath "$argument")") ;;
  esac
done
if [ ${#files[@]} = 0 ]; then
  shopt -s nullglob
  files=("$HERE"/../estates/*/directory.toml "$HERE/example.toml")
  shopt -u nullglob
fi
for tool in samba samba-tool winbindd dnsmasq kinit ldapsearch dig nsupdate nft zstd openssl nsenter eatmydata bc; do
  command -v "$tool" > /dev/null || die "missing: $tool; run $HERE/install.sh"
done
lock

declared=$(/usr/bin/python3 -B "$HERE/declarations.py" "${files[@]}") || die "the directory files have mistakes"
wanted=$({
  echo "$declared"
  cat "$HERE"/{settings.sh,declarations.py,populate.py,aged.py,up.sh} "$HERE"/lib/*.sh
  samba --version
} | sha256sum | cut -c1-16)
began=$EPOCHREALTIME
: > "$RUN/timings.tsv"

start_all() { parallel dc_start "$@" && parallel dc_ready "$@"; }
namespaces_all() { local dc; for dc in "$@"; do dc_namespaces_up "$dc"; done; }
populate() { # STAGE DC...
  local stage=$1 dc pid pids=()
  shift
  for dc in "$@"; do
    ARTIFACTS=$ARTIFACTS in_dc "$dc" \
      timeout 300 /usr/bin/python3 -B "$HERE/populate.py" --stage "$stage" "${files[@]}" \
      > "$RUN/populate.$dc.log" 2>&1 9>&- & pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || { tail -n 5 "$RUN"/populate.*.log >&2; return 1; }; done
}
stop_all() { local dc; parallel dc_stop "$@"; for dc in "$@"; do dc_namespaces_down "$dc"; done; }
forget() { # all the controllers know; machines, certificates and the network stay
  stop_all "${ALL_DCS[@]}"
  rm -rf "${STATE:?}"/{complete,files,dc1,dc2,dcb,dcc} "$ARTIFACTS"/{keytabs,accounts}
}
from_nothing() {
  step namespaces namespaces_all "${FIRST_DCS[@]}" || die namespaces
  step provision parallel dc_create "${FIRST_DCS[@]}" || die "provision"
  step start start_all "${FIRST_DCS[@]}" || die "start"
  # The trust comes before the replica: the other forest's locator may pick dc2, which does not hold the trust account
  # yet (WERR_NO_TRUST_SAM_ACCOUNT), and a half-made trust is left behind.
  step trust wait_for 240 trust_create || die "trust"
  step accounts populate accounts "${FIRST_DCS[@]}" || die "accounts"
  step grants populate grants "${FIRST_DCS[@]}" || die "grants"
  in_dc dc1 samba-tool dns zonecreate dc1.corp.example "$REVERSE_ZONE" "${ADMIN[@]}" > /dev/null || die "zone"
  step replica-namespaces namespaces_all dc2 || die namespaces
  # Samba looks for its controllers with a patience of 4 s, which a busy machine may exceed
  step join wait_for 240 dc_create dc2 || die "join"
  step replica-start start_all dc2 || die "start of dc2"
  step converge wait_for 240 replicates_back || die "dc1 does not replicate from dc2"
  step dns-converge wait_for 240 dns_register || die "dc1 and dc2 do not list each other in DNS"
  step services wait_for 240 services_register || die "dc1 and dc2 do not know each other's service names"
  step records records || die "records"
  step lag lag || die "replication fault"
  step snapshot-stop parallel dc_stop "${ALL_DCS[@]}" || die "stop"
  step snapshot snapshot_save "$wanted" || die "snapshot"
  finish
}
records() {
  local list
  # the controllers' own names in the reverse zone, then what the files declare
  list=$(/usr/bin/python3 -B "$HERE/declarations.py" --records "${files[@]}") || return 1
  {
    for dc in "${ALL_DCS[@]}"; do
      printf '%s update add %s.%s. 900 PTR %s.\n' "$REVERSE_ZONE" \
        "$(awk -F. '{ print $4 "." $3 }' <<< "${DC_ADDRESS[$dc]}")" "$REVERSE_ZONE" "$(fqdn_of "$dc")"
    done
    [ -z "$list" ] || echo "$list"
  } | dns_update
}
lag() {
  [ "$(/usr/bin/python3 -B "$HERE/declarations.py" --lagging "${files[@]}")" = yes ] || return 0
  # what stands there already goes over first
  pull dc2 dc1 DC=corp,DC=example || return 1
  in_dc dc2 samba-tool drs options dc2.corp.example --dsa-option=+DISABLE_INBOUND_REPL "${ADMIN[@]}" > /dev/null ||
    return 1
  populate lag dc1
}
finish() { printf '%s\n' "$wanted" > "$STATE/complete"; printf '%s\n' "${files[@]}" > "$STATE/files"; }

mkdir -p "$STATE"
if [ $fresh = yes ] || [ "$(cat "$STATE/complete" 2>/dev/null)" != "$wanted" ]; then step forget forget; fi
step network network_up || die "network"
step resolver resolver_up 9>&- || die "resolver"
step authorities authorities || die "certificates"
if [ ! -e "$STATE/complete" ]; then
  if [ $fresh = no ] && [ -s "$(snapshot_file "$wanted")" ] && step restore snapshot_restore "$wanted"; then
    finish
  else
    from_nothing
  fi
  network_up    # dc2 knows its resolvers now
fi
step namespaces namespaces_all "${ALL_DCS[@]}" || die "namespaces"
step start start_all "${ALL_DCS[@]}" || die "start"
step ready lab_ready || die "the controllers cannot be used (a fault left behind? $RUN/*.session.log): down.sh, then up.sh"
step machines register_machines || die "names of the machines"
cp "$STATE/dcc/lib/private/tls/ca.pem" "$ARTIFACTS/tls/island-ca.pem"
printf 'total\t%.2f\n' "$(bc <<< "$EPOCHREALTIME - $began")" | tee -a "$RUN/timings.tsv" >&2
