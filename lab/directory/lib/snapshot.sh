# shellcheck shell=bash
# What the controllers know, as one archive named by the hash of what was asked for.  Controllers must be stopped.
TAR=(tar --xattrs '--xattrs-include=*' --acls --numeric-owner -C "$STATE")    # access lists of sysvol are attributes

snapshot_file() { printf '%s/%s.tar.zst' "$SNAPSHOTS" "$1"; }
snapshot_save() { # HASH
  local file
  file=$(snapshot_file "$1")
  mkdir -p "$SNAPSHOTS"
  "${TAR[@]}" -S --exclude='*/log/*' --exclude='*/lib/ntp_signd/*' --exclude='*/lib/private/ldap_priv/*' \
    --exclude='*/lib/private/ldapi' -cf - dc1 dc2 dcb dcc artifacts/{keytabs,accounts} 2> "$RUN/tar.log" |
    zstd -q -f -T0 -3 -o "$file.new" && mv "$file.new" "$file" || return 1
  # the five used last are enough
  find "$SNAPSHOTS" -name '*.tar.zst' -printf '%T@ %p\n' | sort -rn | tail -n +6 | cut -d' ' -f2- | xargs -r rm -f
}
snapshot_restore() { # HASH [MEMBERS...]
  local file
  file=$(snapshot_file "$1")
  shift
  touch "$file" && zstd -q -dc "$file" | "${TAR[@]}" -xf - "$@"
}
