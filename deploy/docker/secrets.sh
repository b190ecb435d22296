#!/bin/sh
# Writes the passwords and keys that compose.yaml asks for into .env beside it, unless they are there: 160 random bits
# each, in letters that need no quoting in a URL. Only its owner may read the file, and git ignores it.
#
#   secrets.sh [FILE]
set -eu
umask 077

file=${1:-$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)/.env}
touch "$file"
chmod 600 "$file"
for name in BROKER_PASSWORD STORE_ACCESS_KEY STORE_SECRET_KEY; do
  grep -q "^$name=." "$file" && continue
  printf '%s=%s\n' "$name" "$(od -An -v -N20 -tx1 /dev/urandom | tr -d ' \n')" >>"$file"
  echo "compose-secrets: made $name"
done
echo "compose-secrets: all there, in $file"
