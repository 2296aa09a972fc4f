#!/usr/bin/env bash
# Debian packages for the whole lab: what the directory needs, and Chromium to look at reports with. Root only; quick when all is there.
set -euo pipefail
cd "$(dirname "$0")"
directory/install.sh
command -v chromium >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
