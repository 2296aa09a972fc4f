#!/bin/bash
# Run a command at a place of the lab:  in.sh scanner|hub|dc1|dc2|dcb|dcc|MACHINE COMMAND...
# `in.sh scanner kinit svc-preflight@CORP.EXAMPLE` asks nothing: the password is $HVLAB_PASSWORD, else the lab's.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
[ $# -ge 2 ] || { sed -n 2,3p "$0"; exit 2; }
place=$1
shift
case $place in
  dc1 | dc2 | dcb | dcc)
    pid=$(init_pid "$place") || die "$place is not up"
    exec nsenter -t "$pid" -m -u -i -n -p --wd="$PWD" -- "$@" ;;
esac
[ -e "/run/netns/$PREFIX$place" ] || die "no namespace $PREFIX$place"
if [ "$1" = kinit ]; then exec ip netns exec "$PREFIX$place" "$@" <<< "${HVLAB_PASSWORD:-$USER_PASSWORD}"; fi
exec ip netns exec "$PREFIX$place" "$@"
