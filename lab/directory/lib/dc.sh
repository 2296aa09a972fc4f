# shellcheck shell=bash
# One domain controller = one set of namespaces (net, mount, uts, ipc, pid) and one state folder.

dc_namespaces_up() { # DC
  local dc=$1 state=$STATE/$1 pid attempt
  # both there and in the network that bears the name now: that may have been deleted and made again meanwhile
  pid=$(init_pid "$dc") && alive "$pid" && [ "/proc/$pid/ns/net" -ef "/run/netns/$PREFIX$dc" ] && return 0
  dc_namespaces_down "$dc"
  mkdir -p "$state"/{etc,lib/private,cache,log} /run/samba
  # ip netns exec: the network and the files of /etc/netns.  unshare: all the rest.
  setsid ip netns exec "$PREFIX$dc" unshare --mount --uts --ipc --pid --fork --kill-child --mount-proc \
    "$HERE/lib/dc_init.sh" "$dc" "$state" "$RUN/$dc.ready" < /dev/null >> "$RUN/$dc.init.log" 2>&1 9>&- &
  echo $! > "$RUN/$dc.holder.pid"
  for ((attempt = 0; attempt < 400; attempt++)); do [ -e "$RUN/$dc.ready" ] && break; sleep 0.05; done
  [ -e "$RUN/$dc.ready" ] || die "$dc: its namespaces did not come up, see $RUN/$dc.init.log"
  pid=$(cat "$RUN/$dc.holder.pid")
  pid=$(cat "/proc/$pid/task/$pid/children")
  echo "${pid%% *}" > "$RUN/$dc.init.pid"    # as the host sees it
}

# dc_namespaces_down DC  the end of the first process is the end of all in its pid namespace.  The sweep afterwards
# finds what a killed run left behind without a pid on record.
dc_namespaces_down() {
  local pid attempt
  if pid=$(init_pid "$1"); then kill -KILL "$pid" 2>/dev/null; fi
  for ((attempt = 0; attempt < 100; attempt++)); do
    pid=$(residents "$1")
    [ -n "$pid" ] || break
    # shellcheck disable=SC2086
    [ $attempt -lt 20 ] || kill -KILL $pid 2>/dev/null
    sleep 0.05
  done
  rm -f "$RUN/$1".{init.pid,holder.pid,ready}
}

dc_conf() { # DC : what provision would drop, since "no" never reaches the smb.conf it writes
  local policy=yes
  # three LDAP signing policies, one for each forest, so that one lab answers for all of them
  case $1 in dcb) policy=allow_sasl_over_tls ;; dcc) policy=no ;; esac
  # nonsecure updates: machine.sh registers names without a ticket; no test depends on this policy
  local lines="ldap server require strong auth = $policy\\nallow dns updates = nonsecure"
  sed -i "/^\[global\]/a $lines\\ndisable spoolss = yes\\nload printers = no" "$STATE/$1/etc/smb.conf"
}

# dc_create DC  provision a forest, or (dc2) join as a replica of dc1
dc_create() {
  local dc=$1 command
  find "${STATE:?}/$dc"/{etc,lib,cache} -mindepth 1 -delete
  mkdir -p "$STATE/$dc/lib/private"
  if [ "$dc" = dc2 ]; then
    command=(join corp.example DC "${ADMIN[@]}" --server=dc1.corp.example)
  else
    command=(provision --domain="${DC_DOMAIN[$dc]%%.*}" --server-role=dc --adminpass="$ADMIN_PASSWORD"
      --host-name="$dc" --host-ip="${DC_ADDRESS[$dc]}"
      --domain-sid="$(/usr/bin/python3 -B "$HERE/declarations.py" --sid "${DC_DOMAIN[$dc]}")")
  fi
  in_dc "$dc" timeout 600 eatmydata samba-tool domain "${command[@]}" --realm="$(realm_of "$dc")" \
    --dns-backend=SAMBA_INTERNAL --option="interfaces=lo eth0" --option="bind interfaces only=yes" \
    --option="dns forwarder=$RESOLVER" > "$RUN/$dc.create.log" 2>&1 || { tail -20 "$RUN/$dc.create.log" >&2; return 1; }
  dc_conf "$dc"
  [ "$dc" = dcc ] || tls_dc "$dc" || return 1
  [ "$dc" != dc2 ] || namespace_files dc2 "${DC_ADDRESS[dc2]} ${DC_ADDRESS[dc1]}" dc2.corp.example "${DC_ADDRESS[dc2]}"
}

dc_pid() { in_dc "$1" cat /run/samba/samba.pid 2>/dev/null; }    # as the controller's own pid namespace sees it
dc_running() {
  local pid
  pid=$(dc_pid "$1") && [ -n "$pid" ] && in_dc "$1" kill -0 "$pid" 2>/dev/null
}
dc_start() { # DC
  dc_running "$1" && return 0
  in_dc "$1" bash -c 'mkdir -p /run/samba/ncalrpc /run/samba/winbindd; exec eatmydata samba -D --debuglevel=1' 9>&-
}
dc_stop() { # DC : orderly, so that its databases are consistent
  local pid attempt
  pid=$(dc_pid "$1") && [ -n "$pid" ] || return 0
  in_dc "$1" kill -TERM "$pid" 2>/dev/null || return 0
  in_dc "$1" kill -CONT -1 2>/dev/null    # -1: all of its own pid namespace; one that hangs could not end
  for ((attempt = 0; attempt < 200; attempt++)); do
    in_dc "$1" sh -c 'for exe in /proc/[0-9]*/exe; do case $(readlink $exe) in /usr/sbin/*) exit 1; esac; done' && break
    sleep 0.05
  done
  in_dc "$1" rm -f /run/samba/samba.pid
}

trust_create() { # two-way forest trust between corp and branch; what fails leaves no half of it behind
  in_dc dc1 timeout 120 samba-tool domain trust create BRANCH.EXAMPLE --type=forest --direction=both \
    --create-location=both "${BRANCH_ADMIN[@]}" > "$RUN/trust.log" 2>&1 && return 0
  tail -5 "$RUN/trust.log" >&2
  in_dc dc1 timeout 60 samba-tool domain trust delete BRANCH.EXAMPLE --delete-location=both "${BRANCH_ADMIN[@]}" \
    > "$RUN/trust.log" 2>&1
  return 1
}

# pull TO FROM PARTITION...  replicate now, rather than some seconds later
pull() {
  local to=$1 from=$2 partition
  shift 2
  for partition in "$@"; do
    in_dc "$to" timeout 60 samba-tool drs replicate "$(fqdn_of "$to")" "$(fqdn_of "$from")" "$partition" \
      "${ADMIN[@]}" > /dev/null 2>&1 || return 1
  done
}
