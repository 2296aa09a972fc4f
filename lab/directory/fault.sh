#!/bin/bash
# Faults of a domain controller (dc1 dc2 dcb dcc), and their end.
#   fault.sh drop DC PORT...     packets to those ports vanish         fault.sh open DC
#   fault.sh reject DC PORT...   they are refused                      fault.sh open DC
#   fault.sh hang DC [ldap|kdc|dns|...]   it accepts and never answers: all of it, or one service    fault.sh resume DC
#   fault.sh stop DC             refuses on all ports                  fault.sh start DC
#   fault.sh skew DC +10m        restarted with a wrong clock          fault.sh stop DC, fault.sh start DC
#   fault.sh certificate DC untrusted-ca   restarted with a certificate of that authority    fault.sh certificate DC ca
#   fault.sh repl-off DC         it receives no changes (dc1 dc2)      fault.sh repl-on DC
#   fault.sh repl-now TO FROM    pull the domain now
#   fault.sh aged DC HOURS NAME...   it says that the delegation of these computers was written so many hours ago
#   fault.sh ldif DC FILE        ldbmodify as the system: no access control and few rules in the way
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for library in network tls dc ready firewall; do . "$HERE/lib/$library.sh"; done
[ $# -ge 2 ] || { sed -n 2,13p "$0"; exit 2; }
fault=$1 dc=$2
shift 2
[ -n "${DC_ADDRESS[$dc]:-}" ] || die "no controller $dc"
lock

pids_of() { # SERVICE or nothing for all: Samba names each process task[...] or task(...)
  local pid
  for pid in $(ip netns pids "$PREFIX$dc"); do
    [ -z "$1" ] || grep -q "^$1[[(]" "/proc/$pid/comm" || continue
    echo "$pid"
  done
}
replication() { # +|-
  in_dc "$dc" samba-tool drs options "$(fqdn_of "$dc")" "--dsa-option=$1DISABLE_INBOUND_REPL" "${ADMIN[@]}" > /dev/null
}

case $fault in
  drop | reject) firewall_off "$dc"; firewall "$dc" "$fault" "$@" ;;
  open) firewall_off "$dc" ;;
  hang)
    mapfile -t pids < <(pids_of "${1:-}")
    [ ${#pids[@]} -gt 0 ] || die "no such process"
    kill -STOP "${pids[@]}" ;;
  resume)
    mapfile -t pids < <(pids_of '')
    kill -CONT "${pids[@]}" ;;
  stop) dc_stop "$dc" ;;
  start) dc_start "$dc" && dc_ready "$dc" ;;
  skew)
    dc_stop "$dc"
    # without DISABLE_DEEPBIND ldb's modules (currentTime of rootDSE) would keep the true clock
    in_dc "$dc" env "FAKETIME=$1" LDB_MODULES_DISABLE_DEEPBIND=1 \
      LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1 \
      bash -c 'mkdir -p /run/samba/ncalrpc /run/samba/winbindd; exec samba -D --debuglevel=1' 9>&- && dc_ready "$dc" ;;
  certificate) dc_stop "$dc"; tls_dc "$dc" "$1" && dc_start "$dc" && dc_ready "$dc" ;;
  repl-off) replication + ;;
  repl-on) replication - ;;
  repl-now) pull "$dc" "$1" "$(base_of "$dc")" ;;
  aged) in_dc "$dc" /usr/bin/python3 -B "$HERE/aged.py" "$@" ;;
  ldif) in_dc "$dc" ldbmodify -H /var/lib/samba/private/sam.ldb "$(realpath "$1")" > /dev/null ;;
  *) sed -n 2,13p "$0"; exit 2 ;;
esac
