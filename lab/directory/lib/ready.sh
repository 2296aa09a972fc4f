# shellcheck shell=bash
# What must be true before the lab is called ready.  A controller answers some seconds before it can be used: it gives
# itself names (in DNS, and for Kerberos) after it has started, and a replica has those of another later still.
DRS='E3514235-4B06-11D1-AB04-00C04FC2DCD2'    # the service by whose name controllers replicate, [MS-DRSR] 2.2.3.2

# wait_for SECONDS COMMAND...  until it succeeds; when it never does, what it was is told
wait_for() {
  local seconds=$1 deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || { log "after $seconds s still not so: $*"; return 1; }
    sleep 0.1
  done
}

# siblings DC  the controllers of its domain, itself included
siblings() {
  local dc
  for dc in "${ALL_DCS[@]}"; do [ "${DC_DOMAIN[$dc]}" != "${DC_DOMAIN[$1]}" ] || echo "$dc"; done
}

# dc_answers DC  DNS, KDC, RPC, LDAP, SMB, LDAPS and the global catalogue accept, DNS knows the controller, LDAP calls
# itself synchronized, winbind reaches it
dc_answers() {
  local address=${DC_ADDRESS[$1]} port
  for port in 53 88 135 389 445 464 636 3268; do
    in_scanner timeout 2 bash -c "exec 3<>/dev/tcp/$address/$port" 2>/dev/null || return 1
  done
  in_scanner dig +short +time=1 +tries=1 "@$address" SRV "_ldap._tcp.dc._msdcs.${DC_DOMAIN[$1]}" |
    grep "^0 100 389 $1\." > /dev/null &&
    in_scanner ldapsearch -x -LLL -o nettimeout=3 -H "ldap://$address" -s base -b '' isSynchronized 2>/dev/null |
    grep TRUE > /dev/null &&
    in_dc "$1" timeout 10 wbinfo --ping-dc > /dev/null 2>&1
}
dc_ready() { wait_for 180 dc_answers "$1"; }    # DC

trust_valid() { # two one-way checks in each direction, over netlogon
  local output
  output=$(in_dc dc1 timeout 60 samba-tool domain trust validate branch.example "${BRANCH_ADMIN[@]}" 2>&1) &&
    [ "$(grep -c '^OK:' <<< "$output")" = 4 ]
}

replicates_back() { # dc1 has dc2 as its source too, so that changes made on dc2 come back
  in_dc dc1 samba-tool drs kcc dc1.corp.example "${ADMIN[@]}" > /dev/null 2>&1 &&
    in_dc dc1 samba-tool drs showrepl 2>/dev/null | sed -n '/INBOUND/,/OUTBOUND/p' | grep DC2 > /dev/null
}

dns_lists_all() { # DC : its DNS lists all controllers of its domain, also for their site
  local service services=() count
  for service in _ldap._tcp.dc._msdcs _kerberos._tcp _kerberos._tcp.dc._msdcs _gc._tcp \
    _ldap._tcp.Default-First-Site-Name._sites.dc._msdcs; do services+=("$service.${DC_DOMAIN[$1]}" SRV); done
  count=$(in_scanner dig +short +time=1 +tries=1 "@${DC_ADDRESS[$1]}" "${services[@]}" | grep -c '^[0-9]')
  [ "$count" = $((${#services[@]} / 2 * $(siblings "$1" | wc -l))) ]
}
dns_register() { # dc2 does it some time after it starts: help it along
  parallel dns_lists_all dc1 dc2 && return 0
  in_dc dc2 timeout 60 samba_dnsupdate > /dev/null 2>&1
  pull dc1 dc2 DC={Domain,Forest}DnsZones,DC=corp,DC=example
  return 1
}

services_listed() { # DC : its own database has the service names of all controllers of its domain
  local dc fqdn domain=${DC_DOMAIN[$1]} name filter='' wanted=0
  for dc in $(siblings "$1"); do
    fqdn=$(fqdn_of "$dc") filter+='(&'
    for name in {HOST,ldap,RestrictedKrbHost}/{"$dc","$fqdn"} {HOST,ldap,GC}/"$fqdn/$domain" "$DRS/*/$domain"; do
      filter+="(servicePrincipalName=$name)"
    done
    filter+=')' wanted=$((wanted + 1))
  done
  [ "$(in_dc "$1" timeout 20 ldbsearch -H /var/lib/samba/private/sam.ldb "(|$filter)" dn 2>/dev/null |
    grep -c '^dn: ')" = $wanted ]
}
# services_register  a controller writes its own some seconds after it starts, and they go over some seconds after that:
# help them along.  Only for a lab in the making: later dc2 may be one that shall receive nothing.
services_register() {
  local dc
  parallel services_listed "${ALL_DCS[@]}" && return 0
  for dc in "${ALL_DCS[@]}"; do in_dc "$dc" timeout 60 samba_spnupdate > /dev/null 2>&1; done
  pull dc1 dc2 DC=corp,DC=example
  pull dc2 dc1 DC=corp,DC=example
  return 1
}

# sessions_by DC  what a scan does: a ticket from this very KDC, and with it a sealed session on every controller that
# its domain and the trust lead to
sessions_by() {
  local dc file=$RUN/$1.session others kdcs=("$1")
  case $1 in dcc) others=(dcc) ;; *) others=(dc1 dc2 dcb) ;; esac
  for dc in "${FIRST_DCS[@]}"; do [ "${DC_DOMAIN[$dc]}" = "${DC_DOMAIN[$1]}" ] || kdcs+=("$dc"); done
  krb5_conf "${kdcs[@]}" > "$file.conf"
  export KRB5_CONFIG=$file.conf KRB5CCNAME=FILE:$file
  in_scanner timeout 20 kinit "Administrator@$(realm_of "$1")" <<< "$ADMIN_PASSWORD" > "$file.log" 2>&1 || return 1
  for dc in "${others[@]}"; do
    in_scanner timeout 20 ldapsearch -Q -N -Y GSSAPI -O minssf=56 -LLL -H "ldap://$(fqdn_of "$dc")" -s base \
      -b "$(base_of "$dc")" dn >> "$file.log" 2>&1 || return 1
  done
  rm -f "$file"
}

# lab_ready  from nothing, from a snapshot, or running already: said of it only when a client can use all of it at once
lab_ready() {
  wait_for 120 parallel dns_lists_all "${ALL_DCS[@]}" && wait_for 120 parallel services_listed "${ALL_DCS[@]}" &&
    wait_for 120 trust_valid && wait_for 120 parallel sessions_by "${ALL_DCS[@]}"
}
