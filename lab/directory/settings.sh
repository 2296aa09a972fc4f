# shellcheck shell=bash disable=SC2034
# Constants of the directory lab, and the few helpers every script wants.  Sourced, never run.  __init__.py reads the
# lines NAME='value' and the DC_ADDRESS table from here, so that nothing is said twice: keep them on one line each.

: "${HVLAB_WORK:=/var/lib/hv-preflight-lab}"    # everything the lab writes
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
STATE=$HVLAB_WORK/state           # databases of the domain controllers, and the artifacts tests use
ARTIFACTS=$STATE/artifacts        # keytabs/ and tls/
CA=$HVLAB_WORK/ca                 # the lab's certificate authorities: kept as long as the work folder
SNAPSHOTS=$HVLAB_WORK/snapshots   # one archive for each content of the directories, named by its hash
RUN=$HVLAB_WORK/run               # pids, logs, timings
OWNER=/run/hv-preflight-lab       # namespace names belong to the whole machine: who uses them is written here

PREFIX='hvl-'                     # of every namespace
RESOLVER='10.77.0.53'             # dnsmasq in the hub: forwards each zone to the forest it belongs to
HUB_ADDRESS='10.77.0.1'
SCANNER_ADDRESS='10.77.9.10'
SCANNER_ADDRESS6='fd00:77::910'
REVERSE_ZONE='77.10.in-addr.arpa'  # held by corp.example for all forests
ADMIN_PASSWORD='Adm1n.Lab-Pass'   # Administrator, in all forests
USER_PASSWORD='Us3r.Lab-Pass'     # users that declare no other
HOST_PASSWORD='H0st.Lab-Pass'     # computer accounts

ADMIN=(-U "Administrator%$ADMIN_PASSWORD")             # of the controller's own domain, for samba-tool
BRANCH_ADMIN=(-U "Administrator@BRANCH.EXAMPLE%$ADMIN_PASSWORD")

ALL_DCS=(dc1 dc2 dcb dcc)
FIRST_DCS=(dc1 dcb dcc)           # one for each forest; dc2 is a replica of dc1
declare -A DC_ADDRESS=([dc1]=10.77.1.10 [dc2]=10.77.1.11 [dcb]=10.77.2.10 [dcc]=10.77.3.10)
declare -A DC_DOMAIN=([dc1]=corp.example [dc2]=corp.example [dcb]=branch.example [dcc]=island.example)
export HVLAB_WORK ADMIN_PASSWORD USER_PASSWORD HOST_PASSWORD

log() { printf '[%(%H:%M:%S)T] %s\n' -1 "$*" >&2; }
die() { log "FATAL: $*"; exit 1; }

# step NAME COMMAND...  runs the command and notes how long it took
step() {
  local name=$1 start=$EPOCHREALTIME status
  shift
  "$@"
  status=$?
  printf '%s\t%.2f\tstatus=%d\n' "$name" "$(bc <<< "$EPOCHREALTIME - $start")" "$status" | tee -a "$RUN/timings.tsv" >&2
  return $status
}

# parallel FUNCTION NAME...  one call for each name at the same time; fails when one of them fails
parallel() {
  local function=$1 name pid pids=() status=0
  shift
  for name in "$@"; do "$function" "$name" 9>&- & pids+=($!); done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  return $status
}

# lock  waits for another up, down, reset or machine call; long-lived children must close descriptor 9
lock() {
  [ "$(id -u)" = 0 ] || die "needs root: namespaces, mounts, ports below 1024"
  mkdir -p "$RUN" "$OWNER"
  exec 9> "$OWNER/lock"
  flock -w 600 9 || die "another command of the lab holds $OWNER/lock"
  local owner
  owner=$(cat "$OWNER/work" 2>/dev/null)
  if [ -n "$owner" ] && [ "$owner" != "$HVLAB_WORK" ] && [ -e "/run/netns/${PREFIX}hub" ]; then
    die "the lab of work folder $owner is up on this machine: HVLAB_WORK=$owner $HERE/down.sh"
  fi
  printf '%s\n' "$HVLAB_WORK" > "$OWNER/work"
}

realm_of() { printf '%s' "${DC_DOMAIN[$1]^^}"; }
base_of() { printf 'DC=%s' "${DC_DOMAIN[$1]//./,DC=}"; }
fqdn_of() { printf '%s.%s' "$1" "${DC_DOMAIN[$1]}"; }

# alive PID  is that process there, and more than a zombie?
alive() {
  local state
  [ -n "$1" ] && state=$(awk '/^State:/ { print $2 }' "/proc/$1/status" 2>/dev/null) || return 1
  [ -n "$state" ] && [ "$state" != Z ]
}

# init_pid DC  the recorded first process of a controller, only while that pid is still ours (pids are reused)
init_pid() {
  local pid
  pid=$(cat "$RUN/$1.init.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep "dc_init.sh $1 " > /dev/null && printf '%s' "$pid"
}

# A pipe into grep never has -q: grep would leave at the first match, the writer die of SIGPIPE, and pipefail say "no".

# in_dc DC COMMAND...  inside all the namespaces of a controller; fails when they are down
in_dc() {
  local pid
  pid=$(init_pid "$1") || return 1
  shift
  nsenter -t "$pid" -m -u -i -n -p -- "$@"
}
in_scanner() { ip netns exec "${PREFIX}scanner" "$@"; }
