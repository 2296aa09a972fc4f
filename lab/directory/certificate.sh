#!/bin/bash
# A server certificate of the lab's authority:  certificate.sh [--untrusted] NAME FQDN [ADDRESS...]
# -> artifacts/tls/NAME.pem and NAME.key.  --untrusted: issued by the authority nobody trusts.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
. "$HERE/lib/tls.sh"
authority=ca
if [ "${1:-}" = --untrusted ]; then authority=untrusted-ca; shift; fi
[ $# -ge 2 ] || { sed -n 2,3p "$0"; exit 2; }
name=$1 names=DNS:$2
shift 2
for address in "$@"; do names+=,IP:$address; done
lock
authorities && issue "$authority" "$ARTIFACTS/tls/$name" "$names" || die "see $RUN/openssl.log"
