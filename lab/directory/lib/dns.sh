# shellcheck shell=bash
# Names in the forests' DNS.  corp's are written on dc2 and pulled to dc1: a lag between the two is played by stopping
# what dc2 receives, never what it sends, so names are the same on both all the same.

dns_server_of() { # ZONE
  case $1 in branch.example) echo dcb ;; island.example) echo dcc ;; *) echo dc2 ;; esac
}

# dns_update  reads "ZONE UPDATE-LINE" and sends one message for each zone
dns_update() {
  local zone line updates dc pids=() pid
  declare -A updates=()
  while read -r zone line; do updates[$zone]+=$line$'\n'; done
  for zone in "${!updates[@]}"; do
    dc=$(dns_server_of "$zone")
    printf 'server %s\nzone %s\n%ssend\n' "${DC_ADDRESS[$dc]}" "$zone" "${updates[$zone]}" |
      in_scanner timeout 30 nsupdate -t 20 9>&- & pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || return 1; done
  case " ${!updates[*]} " in
    *" corp.example "* | *" $REVERSE_ZONE "*) pull dc1 dc2 DC=DomainDnsZones,DC=corp,DC=example ;;
  esac
}

# machine_updates  the updates for every machine that is up: "ZONE UPDATE-LINE".  A name a controller holds already with
# that very address is left out, so that a second call costs nothing.
machine_updates() {
  local file name fqdn address zone reverse server
  for file in "$RUN"/machines/*; do
    [ -e "$file" ] || return 0
    read -r name fqdn address < "$file"
    zone=${fqdn#*.}
    server=${DC_ADDRESS[$(dns_server_of "$zone")]}
    [ "$(in_scanner dig +short +time=2 +tries=1 "@$server" "$fqdn" A)" != "$address" ] || continue
    reverse=$(awk -F. '{ print $4 "." $3 }' <<< "$address").$REVERSE_ZONE
    echo "$zone update delete $fqdn. A"
    echo "$zone update add $fqdn. 900 A $address"
    echo "$REVERSE_ZONE update delete $reverse. PTR"
    echo "$REVERSE_ZONE update add $reverse. 900 PTR $fqdn."
  done
}
register_machines() {
  local updates
  updates=$(machine_updates)
  [ -z "$updates" ] || dns_update <<< "$updates"
}
