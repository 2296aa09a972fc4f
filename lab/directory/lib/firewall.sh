# shellcheck shell=bash
# Packets to some ports of a namespace are dropped (the caller times out) or refused. A port may be written
# PORT@ADDRESS: then only those that come from there.

firewall() { # NAME drop|reject PORT...
  local name=$1 verdict=$2 port from rules=''
  shift 2
  for port in "$@"; do
    from=''
    [ "$port" = "${port%@*}" ] || from="ip saddr ${port#*@} "
    port=${port%@*}
    case $verdict in
      drop) rules+="${from}meta l4proto { tcp, udp } th dport $port drop"$'\n' ;;
      reject) rules+="${from}tcp dport $port reject with tcp reset; ${from}udp dport $port reject"$'\n' ;;
    esac
  done
  ip netns exec "$PREFIX$name" nft -f - <<< "table inet hvlab {
    chain in {
      type filter hook input priority 0
      $rules
    }
  }"
}
firewall_off() { # NAME
  ip netns exec "$PREFIX$1" nft delete table inet hvlab 2>/dev/null
  return 0
}
