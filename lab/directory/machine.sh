#!/bin/bash
# Machines of the estate: one network namespace each, on the lab's bridge, known to DNS.
#   machine.sh up NAME ADDRESS[,ADDRESS...] [--dns-name FQDN] [NAME ADDRESS... ]...   several at once: one DNS update
#   machine.sh down NAME...        switched off: its processes end, its DNS records stay
#   machine.sh drop NAME PORT[@FROM]...   packets to those ports vanish, a caller times out    machine.sh undrop NAME
#   machine.sh reject NAME PORT... they are refused                                     machine.sh undrop NAME
#   machine.sh list
# One address lies in 10.77.0.0/16 (management: the one in DNS); every other network gets an interface of its own, /24
# (IPv6: /64) unless written ADDRESS/LENGTH.  Run commands in it with in.sh NAME, or `ip netns exec hvl-NAME`.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for library in network dc dns firewall; do . "$HERE/lib/$library.sh"; done
usage() { sed -n 3,9p "$0"; exit 2; }

# one_up  reads one machine's plan from stdin
one_up() {
  local plan name fqdn management kind _ interface cidr network
  plan=$(cat)
  read -r kind name fqdn management <<< "$plan"
  namespace_add "$name" && link_add "$name" 0 || return 1
  if [ "$plan" != "$(cat "$RUN/plans/$name" 2>/dev/null)" ]; then
    for interface in 0 1 2 3 4; do ip -n "$PREFIX$name" addr flush dev "eth$interface" 2>/dev/null; done
  fi
  while read -r kind _ interface cidr network; do
    [ "$kind" = address ] || continue
    link_add "$name" "$interface" || return 1
    case $cidr in
      *:*)
        ip netns exec "$PREFIX$name" sysctl -qw "net.ipv6.conf.eth$interface.disable_ipv6=0"
        ip -n "$PREFIX$name" addr replace "$cidr" dev "eth$interface" nodad || return 1
        ip -n "$PREFIX$name" route replace "${SCANNER_ADDRESS6%::*}::/64" dev "eth$interface" ;;
      *) ip -n "$PREFIX$name" addr replace "$cidr" dev "eth$interface" || return 1 ;;
    esac
    # the scanner reaches every network, from its own address
    [ "$interface" = 0 ] || ip -n "${PREFIX}scanner" route replace "$network" dev eth0
  done <<< "$plan"
  namespace_files "$name" "$RESOLVER" "$fqdn" "$management"
  mkdir -p "$RUN/machines" "$RUN/plans"
  echo "$plan" > "$RUN/plans/$name"
  echo "$name $fqdn $management" > "$RUN/machines/$name"
  [ -e "$ARTIFACTS/keytabs/$name.keytab" ] || log "$name: no keytab; its account declares none"
}
up() {
  local plans name
  plans=$(ARTIFACTS=$ARTIFACTS /usr/bin/python3 -B "$HERE/lib/machine_plan.py" "$@") || exit 2
  while read -r name; do
    grep -E "^[a-z]+ $name " <<< "$plans" | one_up || die "$name did not come up"
  done < <(awk '$1 == "machine" { print $2 }' <<< "$plans")
  register_machines || die "DNS did not take the names"
}

[ $# -ge 1 ] || usage
action=$1
shift
[ "$action" = list ] && { cat "$RUN"/machines/* 2>/dev/null; exit 0; }
[ $# -ge 1 ] || usage
lock
[ -e "$STATE/complete" ] && namespace_exists hub || die "the directory is not up: $HERE/up.sh"
name=${1,,}
case $action in
  drop | reject | undrop) machines | grep -x "$name" > /dev/null || die "no machine $name is up" ;;
esac
case $action in
  up) up "$@" ;;
  down)
    for name in "$@"; do
      machines | grep -x "${name,,}" > /dev/null || continue    # switched off already, or none of ours to end
      namespace_remove "${name,,}" end
    done ;;
  drop | reject) shift; [ $# -ge 1 ] || usage; firewall_off "$name"; firewall "$name" "$action" "$@" ;;
  undrop) firewall_off "$name" ;;
  *) usage ;;
esac
