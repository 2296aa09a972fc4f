# shellcheck shell=bash
# Certificates.  corp and branch get one from the lab's authority; island keeps the pair Samba makes for itself
# (common name only, no subjectAltName), so that this case can be met as well.

# authority NAME SUBJECT  made once for a work folder, so that certificates outlive a rebuild of the directories
authority() {
  local files=$CA/$1
  mkdir -p "$CA" "$ARTIFACTS/tls"
  if [ ! -s "$files.pem" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/O=hv-preflight lab/CN=$2" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
      -keyout "$files.key" -out "$files.pem.new" 2> "$RUN/openssl.log" && mv "$files.pem.new" "$files.pem" || return 1
  fi
  cp "$files.pem" "$ARTIFACTS/tls/$1.pem"
}
authorities() { authority ca "lab authority" && authority untrusted-ca "an authority nobody trusts"; }

# issue AUTHORITY FILES NAMES  FILES.pem and FILES.key; NAMES is a subjectAltName list, its first a DNS name
issue() {
  local authority=$CA/$1 files=$2 names=$3 subject
  subject=${names%%,*}
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${subject#DNS:}" \
    -keyout "$files.key.new" -out "$files.request" 2> "$RUN/openssl.log" || return 1
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\nbasicConstraints=CA:FALSE\n' \
    "$names" > "$files.extensions"
  printf 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' >> "$files.extensions"
  # a random serial number: -CAcreateserial would share one file among calls that run at the same time
  openssl x509 -req -in "$files.request" -CA "$authority.pem" -CAkey "$authority.key" -days 3650 \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$files.extensions" -out "$files.pem.new" \
    2>> "$RUN/openssl.log" || return 1
  chmod 600 "$files.key.new"
  mv "$files.key.new" "$files.key" && mv "$files.pem.new" "$files.pem"
  rm -f "$files.request" "$files.extensions"
}

# tls_dc NAME [AUTHORITY]  where Samba reads it when it starts
tls_dc() {
  local folder=$STATE/$1/lib/private/tls
  mkdir -p "$folder"
  issue "${2:-ca}" "$folder/cert" "DNS:$(fqdn_of "$1"),DNS:${DC_DOMAIN[$1]}" || return 1
  mv "$folder/cert.key" "$folder/key.pem"
  cp "$CA/${2:-ca}.pem" "$folder/ca.pem"
}
