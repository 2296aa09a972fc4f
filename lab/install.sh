#!/usr/bin/env bash
# Debian packages for the whole lab: what the directory needs, Chromium to look at reports with, and PostgreSQL. Root only; quick when all is there.
set -euo pipefail
cd "$(dirname "$0")"
directory/install.sh
command -v chromium >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
# PostgreSQL for the tests of the history, which start one of their own: a machine's that holds data is left alone, and none is set up
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || {
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql >/dev/null
}
