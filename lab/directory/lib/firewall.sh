# shellcheck shell=bash
# Packets to some ports of a namespace are dropped (the caller times out) or refused.

firewall() { # NAME drop|reject PORT...
  local name=$1 verdict=$2 port rules=''
  shift 2
  for port in "$@"; do
    case $verdict in
      drop) rules+="meta l4proto { tcp, udp } th dport $port drop"$'\n' ;;
      reject) rules+="tcp dport $port reject with tcp reset; udp dport $port reject"$'\n' ;;
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
