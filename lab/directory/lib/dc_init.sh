#!/bin/bash
# First process of one domain controller's namespaces.  Arguments: NAME STATE_FOLDER READY_FILE
# Private mounts make the distribution's default paths belong to this controller alone, so that several of them
# (and their winbindd sockets) never see each other.
set -e
name=$1 state=$2 ready=$3
mount --make-rprivate /
hostname "$name"
mount --bind "$state/etc" /etc/samba
mount --bind "$state/lib" /var/lib/samba
mount --bind "$state/cache" /var/cache/samba
mount --bind "$state/log" /var/log/samba
mount -t tmpfs -o mode=755 tmpfs /run/samba
ip link set lo up
trap 'exit 0' TERM INT
: > "$ready"
# It must also bury its dead: every daemon that loses its parent becomes a child of this process.
sleep infinity &
while :; do
  wait $! || true
  kill -0 $! 2>/dev/null || sleep infinity &
done
