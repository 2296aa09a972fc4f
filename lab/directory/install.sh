#!/bin/bash
# Install the Debian packages the lab needs.  Starts no service, upgrades nothing, returns at once when all is there.
set -euo pipefail

PACKAGES=(
  samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind python3-samba ldb-tools
  krb5-user krb5-config libsasl2-modules libsasl2-modules-gssapi-mit ldap-utils
  bind9-dnsutils dnsmasq-base iproute2 nftables util-linux procps
  attr acl bc eatmydata faketime openssl tar zstd
  postgresql    # no server of it is started but by the tests, each of its own
  libkrb5-dev python3-dev gcc libc6-dev    # only to build the Python packages gssapi and krb5, which have no Linux wheels
)

missing=()
for package in "${PACKAGES[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

[ "$(id -u)" = 0 ] || { echo "needs root to install: ${missing[*]}" >&2; exit 1; }
export DEBIAN_FRONTEND=noninteractive

# 101 means "action forbidden by policy": the packages' own services stay down.  The lab starts its daemons itself,
# inside its namespaces.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
fi

# Another apt may hold the lock (an image's first boot): wait for it rather than fail.
apt_get() { apt-get -o DPkg::Lock::Timeout=300 -qq "$@"; }
apt_get update
apt_get install -y --no-install-recommends --no-upgrade "${missing[@]}" > /dev/null
