# shellcheck shell=bash
# Namespaces: one hub (bridge br0 and dnsmasq), one for each controller, each machine, and the scanner.
# The hub has no link to the host and no namespace a default route, so nothing can leave the lab.

# namespace_exists NAME  also tells a usable namespace from the empty file that a killed run or a reboot leaves behind
namespace_exists() { ip -n "$PREFIX$1" link show lo > /dev/null 2>&1; }

namespace_add() { # NAME
  namespace_exists "$1" && return 0
  ip netns del "$PREFIX$1" 2>/dev/null
  rm -f "/run/netns/$PREFIX$1"
  ip netns add "$PREFIX$1" || return 1
  # arp_*: with two interfaces on one bridge each answers for its own address only, as two networks would
  ip netns exec "$PREFIX$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 \
    net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.default.rp_filter=0 || return 1
  ip -n "$PREFIX$1" link set lo up
}

# hardware_address NAME INDEX  the same each time: a machine that comes back under another one would be out of reach
# until its neighbours' ARP entries expire
hardware_address() { md5sum <<< "$1.$2" | sed -E 's/^(..)(..)(..)(..)(..).*/02:\1:\2:\3:\4:\5/'; }

# link_add NAME INDEX  interface eth<INDEX> of a namespace on the bridge; both ends are born inside the lab
link_add() {
  local name=$1 index=$2 hub=${PREFIX}hub
  ip -n "$PREFIX$name" link show "eth$index" > /dev/null 2>&1 && return 0
  ip -n "$hub" link del "$name.$index" 2>/dev/null
  ip -n "$hub" link add "$name.$index" type veth peer name "eth$index" \
    address "$(hardware_address "$name" "$index")" netns "$PREFIX$name" || return 1
  ip -n "$hub" link set "$name.$index" master br0 up
  ip -n "$PREFIX$name" link set "eth$index" up
}

# namespace_files NAME RESOLVERS [FQDN ADDRESS]  what `ip netns exec` mounts over /etc in that namespace
namespace_files() {
  local name=$1 resolvers=$2 fqdn=${3:-} address=${4:-} etc resolver
  etc=/etc/netns/$PREFIX$name
  mkdir -p "$etc"
  {
    echo "# hv-preflight lab"
    for resolver in $resolvers; do echo "nameserver $resolver"; done
    [ -z "$fqdn" ] || echo "search ${fqdn#*.}"
  } > "$etc/resolv.conf"
  {
    echo "127.0.0.1 localhost"
    [ -z "$fqdn" ] || echo "$address $fqdn ${fqdn%%.*}"
  } > "$etc/hosts"
  # without the host's mdns and systemd modules, which know nothing of this place
  printf '%s: files\n' passwd group services protocols > "$etc/nsswitch.conf"
  echo "hosts: files dns" >> "$etc/nsswitch.conf"
  cp "$RUN/krb5.conf" "$etc/krb5.conf"
}

# krb5_conf [DC...]  controllers found by DNS as on a real client; or these by their addresses, for a process that entered
# the network namespace alone and whose C library still reads the host's resolv.conf, and for who asks a certain one
krb5_conf() {
  local name dc lookup=true
  [ $# = 0 ] || lookup=false
  printf '[libdefaults]\n  default_realm = CORP.EXAMPLE\n  dns_lookup_realm = false\n  dns_lookup_kdc = %s\n' $lookup
  printf '  dns_canonicalize_hostname = false\n  rdns = false\n  forwardable = true\n'
  if [ $lookup = false ]; then
    printf '[realms]\n'
    for name in "${FIRST_DCS[@]}"; do
      printf '  %s = {\n' "$(realm_of "$name")"
      for dc in "$@"; do
        [ "${DC_DOMAIN[$dc]}" != "${DC_DOMAIN[$name]}" ] || printf '    kdc = %s\n' "${DC_ADDRESS[$dc]}"
      done
      printf '  }\n'
    done
  fi
  printf '[domain_realm]\n'
  for name in "${FIRST_DCS[@]}"; do printf '  .%s = %s\n' "${DC_DOMAIN[$name]}" "$(realm_of "$name")"; done
}

network_up() {
  local name hub=${PREFIX}hub resolvers
  # krb5-user alone leaves no /etc/krb5.conf, and `ip netns exec` cannot mount over a file that is missing
  [ -e /etc/krb5.conf ] || die "no /etc/krb5.conf to mount over: run install.sh (krb5-config)"
  krb5_conf > "$RUN/krb5.conf"
  mkdir -p "$ARTIFACTS"
  krb5_conf "${ALL_DCS[@]}" > "$ARTIFACTS/krb5.conf"
  namespace_add hub || return 1
  if ! ip -n "$hub" link show br0 > /dev/null 2>&1; then
    # by itself a bridge takes the lowest address of its ports, another one whenever a machine comes or goes
    ip -n "$hub" link add br0 address "$(hardware_address hub 0)" type bridge
    ip -n "$hub" addr add "$HUB_ADDRESS/16" dev br0
    ip -n "$hub" addr add "$RESOLVER/16" dev br0
    ip -n "$hub" link set br0 up
  fi
  for name in "${ALL_DCS[@]}" scanner; do
    namespace_add "$name" && link_add "$name" 0 || return 1
    case $name in
      scanner) namespace_files scanner "$RESOLVER" ;;
      dc2) # its own DNS server answers only once it has joined; until then dc1 does
        resolvers=${DC_ADDRESS[dc1]}
        [ ! -e "$STATE/complete" ] || resolvers="${DC_ADDRESS[dc2]} $resolvers"
        namespace_files dc2 "$resolvers" "$(fqdn_of dc2)" "${DC_ADDRESS[dc2]}" ;;
      *) namespace_files "$name" "${DC_ADDRESS[$name]}" "$(fqdn_of "$name")" "${DC_ADDRESS[$name]}" ;;
    esac
    ip -n "$PREFIX$name" addr replace "${DC_ADDRESS[$name]:-$SCANNER_ADDRESS}/16" dev eth0 || return 1
  done
  ip netns exec "${PREFIX}scanner" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.eth0.disable_ipv6=0
  ip -n "${PREFIX}scanner" addr replace "$SCANNER_ADDRESS6/64" dev eth0 nodad
}

# our_dnsmasq  the pid, only while it is a dnsmasq in our hub
our_dnsmasq() {
  local pid
  pid=$(cat "$RUN/dnsmasq.pid" 2>/dev/null) && alive "$pid" && [ "$(cat "/proc/$pid/comm")" = dnsmasq ] || return 1
  ip netns pids "${PREFIX}hub" 2>/dev/null | grep -x "$pid" > /dev/null && printf '%s' "$pid"
}

resolver_up() {
  our_dnsmasq > /dev/null && return 0
  local name arguments
  # --all-servers: a controller that is down does not delay the answer.  --address=/#/: no other name exists.
  arguments=(--conf-file=/dev/null --no-hosts --no-resolv --no-poll --cache-size=0 --no-negcache --user=root
    --bind-interfaces "--listen-address=$RESOLVER" "--pid-file=$RUN/dnsmasq.pid" "--log-facility=$RUN/dnsmasq.log"
    --all-servers --address=/#/)
  for name in "${ALL_DCS[@]}"; do arguments+=("--server=/${DC_DOMAIN[$name]}/${DC_ADDRESS[$name]}"); done
  for name in dc1 dc2; do arguments+=("--server=/$REVERSE_ZONE/${DC_ADDRESS[$name]}"); done
  ip netns exec "${PREFIX}hub" dnsmasq "${arguments[@]}"
}

# machines  names of the namespaces that are neither controller, hub nor scanner
machines() {
  local path name
  for path in /run/netns/"$PREFIX"*; do
    name=${path##*/"$PREFIX"}
    case $name in dc1|dc2|dcb|dcc|hub|scanner|'*') ;; *) echo "$name" ;; esac
  done
}

# residents NAME  pids of what was started in a namespace.  A test that merely looks in (setns on the network alone) still
# has the mounts everybody has, while `ip netns exec` and the controllers give their processes mounts of their own.
residents() {
  local pid
  for pid in $(ip netns pids "$PREFIX$1" 2>/dev/null); do
    [ "/proc/$pid/ns/mnt" -ef "/proc/$$/ns/mnt" ] || echo "$pid"
  done
}

# namespace_remove NAME [end]  with "end" the processes in it are ended first: the machine is switched off
namespace_remove() {
  local pid
  if [ -n "${2:-}" ] && namespace_exists "$1"; then
    for pid in $(residents "$1"); do kill -KILL "$pid" 2>/dev/null; done
  fi
  # a process that is still in there would keep the bridge port alive
  for pid in 0 1 2 3 4; do ip -n "${PREFIX}hub" link del "$1.$pid" 2>/dev/null; done
  ip netns del "$PREFIX$1" 2>/dev/null
  rm -rf "/run/netns/$PREFIX$1" "/etc/netns/$PREFIX$1" "$RUN"/{machines,plans}/"$1"
}

network_down() {
  local pid name
  if pid=$(our_dnsmasq); then kill "$pid"; fi
  rm -f "$RUN/dnsmasq.pid"
  for name in $(machines); do namespace_remove "$name" end; done
  for name in "${ALL_DCS[@]}"; do namespace_remove "$name" end; done
  # the scanner's processes belong to somebody else: they lose the network, not their life
  namespace_remove scanner
  namespace_remove hub
  rmdir /etc/netns 2>/dev/null
  return 0
}
