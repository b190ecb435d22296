#!/bin/sh
# publish.sh TICKET SCRIPT [FILE…]: publishes a macro job straight to the farm's queue, waits for its
# end, and fetches what it left into result.zip. Needs amqp-publish (Debian: amqp-tools) and curl.
set -eu
: "${BROKER:=amqp://guest:guest@127.0.0.1:5672}" "${STORE:=http://127.0.0.1:9000}" "${BUCKET:=doos}"
: "${STORE_ACCESS_KEY:?is the access key of the store; a standalone keeps its keys in data/store/keys}" "${STORE_SECRET_KEY:?is the secret key of the store}"
PATIENCE_SECONDS=300
NO_BYTES=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 # the SHA-256 of nothing

ticket=$1 script=$2
shift 2

file() { printf '{"name":"%s","base64":"%s"}' "$1" "$(base64 -w 0 "$2")"; }

from_store() { # KEY; curl signs the request with the keys of the store
  printf 'user = "%s:%s"\n' "$STORE_ACCESS_KEY" "$STORE_SECRET_KEY" |
    curl --silent --fail --config - --aws-sigv4 aws:amz:us-east-1:s3 --header "x-amz-content-sha256: $NO_BYTES" "$STORE/$BUCKET/$1"
}

{
  printf '{"ticket":"%s","work":{"kind":"macro","function":"Main"},"files":[' "$ticket"
  file main.script "$script"
  for path; do printf ','; file "$(basename "$path")" "$path"; done
  printf ']}'
} | amqp-publish --url="$BROKER" --exchange=doos.jobs --routing-key=default --persistent --content-type=application/json

# amqp-publish waits for no confirm, but nothing is lost by that: whoever finds no status publishes again.
waited=0
until status=$(from_store "output/$ticket/status.json"); do
  [ "$waited" -lt "$PATIENCE_SECONDS" ] || { echo "$ticket has no end yet" >&2; exit 1; }
  waited=$((waited + 1))
  sleep 1
done

state=$(printf %s "$status" | sed 's/^{"ticket":"[^"]*","state":"\([A-Z]*\)".*/\1/')
echo "$ticket $state"
[ "$state" = DONE ] || exit 1
from_store "$(printf %s "$status" | grep -o "output/$ticket/result-[0-9]*\.zip" | head -n 1)" >result.zip
