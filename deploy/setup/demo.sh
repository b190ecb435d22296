#!/bin/bash
# make demo: starts a whole farm in one process, sends it three report jobs over TCP as an old doos client would, leaves
# their documents in ./out, and stops the farm again. Its data live in a temporary folder and go with it.
set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
doos=$root/deploy/target/doos/bin/doos
examples=$root/deploy/target/doos/examples
out=$root/out
work=$(mktemp -d "${TMPDIR:-/tmp}/doos-demo.XXXXXX")
log=$work/farm.log
farm=''
. "$examples/clients/doos-client.sh"

fail() {
  printf '\ndemo: %s\n' "$1" >&2
  if [ -s "$log" ]; then
    printf 'The last lines of the farm:\n' >&2
    tail -n 25 "$log" | sed 's/^/    /' >&2
  fi
  exit 1
}

# Whatever happens: no farm stays behind.
finish() {
  local status=$?
  if [ -n "$farm" ] && kill -0 "$farm" 2>/dev/null; then
    kill -TERM "$farm"
    for _ in {1..100}; do kill -0 "$farm" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$farm" 2>/dev/null || :
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

seconds_since() {
  local now=${EPOCHREALTIME/[.,]/} from=${1/[.,]/}
  printf '%d.%01d s' $(((now - from) / 1000000)) $(((now - from) / 100000 % 10))
}

# A line that moves on a terminal; elsewhere only its last state is printed.
moving() { if [ -t 1 ]; then printf '\r\033[K  %s' "$1"; fi; }
settled() { if [ -t 1 ]; then printf '\r\033[K'; fi; printf '  %s\n' "$1"; }

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Echoes the port, or the next free one above 20000 when something listens there already.
free_port() {
  local port=$1
  is_taken "$port" && port=$((20000 + $1))
  while is_taken "$port"; do port=$((port + 1)); done
  if [ "$port" != "$1" ]; then printf 'Port %s is in use here: the demo takes %s.\n' "$1" "$port" >&2; fi
  printf %s "$port"
}

start_farm() {
  local started=$EPOCHREALTIME
  FARM_PORT=$(free_port "${DOOS_TCP_PORT:-8568}")
  export DOOS_TCP_PORT=$FARM_PORT DOOS_DATA_DIR=$work/data
  DOOS_HTTP_PORT=$(free_port "${DOOS_HTTP_PORT:-8580}")
  DOOS_EMBEDDED_BROKER_PORT=$(free_port "${DOOS_EMBEDDED_BROKER_PORT:-5672}")
  DOOS_EMBEDDED_STORE_PORT=$(free_port "${DOOS_EMBEDDED_STORE_PORT:-9000}")
  export DOOS_HTTP_PORT DOOS_EMBEDDED_BROKER_PORT DOOS_EMBEDDED_STORE_PORT
  mkdir -p "$DOOS_DATA_DIR"

  printf 'Starting a farm of gateway, worker, broker and store in one process\n'
  "$doos" standalone >"$log" 2>&1 </dev/null &
  farm=$!
  until is_taken "$FARM_PORT" && doos_ask "$work/reply" 'statusJob;ticket=0'; do
    kill -0 "$farm" 2>/dev/null || fail 'the farm stopped while it was starting'
    [ $((${EPOCHREALTIME%[.,]*} - ${started%[.,]*})) -lt 180 ] || fail 'the farm was not ready after 180 s'
    moving "starting, $(seconds_since "$started")"
    sleep 0.1
  done
  settled "ready after $(seconds_since "$started"), on port $FARM_PORT"
}

# run_job NAME WHAT FILE...   the job of examples/NAME with the script NAME.bas and the other files.
run_job() {
  local name=$1 what=$2 started=$EPOCHREALTIME files ticket word
  shift 2
  files=("=$examples/$name/$name.bas")
  for file in "$@"; do files+=("$file=$examples/$name/$file"); done

  printf '\n%s\n' "$what"
  doos_ask "$work/reply" 'prepareJob;initFunc=Main' "${files[@]}" || fail "the farm gave no proper reply to the job '$name'"
  ticket=$(sed -n 's/^\[OK] Ticket:\([A-Za-z0-9_-]*\).*/\1/p' "$work/reply")
  [ -n "$ticket" ] || fail "the farm did not take the job '$name': $(cat "$work/reply")"

  while :; do
    doos_ask "$work/reply" "statusJob;ticket=$ticket" || fail "the farm gave no proper reply about ticket $ticket"
    word=$(LC_ALL=C sed -n '1s/^\[OK] \([A-Za-z]*\).*/\1/p' "$work/reply")
    case $word in
      Enqueued | Dequeued) moving "ticket $ticket: $word, $(seconds_since "$started")" ;;
      Done) break ;;
      *) fail "the job '$name' failed: $(tr '\n' ' ' <"$work/reply")" ;;
    esac
    [ $((${EPOCHREALTIME%[.,]*} - ${started%[.,]*})) -lt 120 ] || fail "the job '$name' was not done after 120 s"
    sleep 0.05
  done
  settled "ticket $ticket: $word after $(seconds_since "$started")"

  doos_ask "$work/reply" "returnJob;ticket=$ticket" || fail "the result of ticket $ticket came damaged"
  doos_file "$work/reply" "$work/files.zip"
  rm -rf "${out:?}/$name"
  mkdir -p "$out/$name"
  unzip -q "$work/files.zip" -d "$out/$name" || fail "the result of ticket $ticket is no zip"
  (cd "$root" && find "out/$name" -type f -printf '  %-44p %7s bytes\n' | sort)
}

# All processes that the farm's process started, and theirs.
descendants() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do
    echo "$child"
    descendants "$child"
  done
}

stop_farm() {
  local processes process started=$EPOCHREALTIME
  processes="$farm $(descendants "$farm")"
  printf '\nStopping the farm\n'
  doos_ask "$work/reply" terminate || fail 'the farm gave no proper reply to terminate'
  for process in $processes; do
    while kill -0 "$process" 2>/dev/null; do
      [ $((${EPOCHREALTIME%[.,]*} - ${started%[.,]*})) -lt 20 ] || fail "process $process is still there after 20 s"
      sleep 0.05
    done
  done
  wait "$farm" || fail "the farm ended with exit code $?"
  ! pgrep -f "$work" >"$work/left" || fail "these processes of the farm are left: $(tr '\n' ' ' <"$work/left")"
  settled "stopped after $(seconds_since "$started"): all $(wc -w <<<"$processes") processes of it are gone"
}

start_farm
run_job letters 'Letters: a template and a table of customers, merged into a PDF for each' letter.odt customers.csv
run_job chart 'Chart: a table of figures, made into a spreadsheet with a chart, and a PDF of it' solar.csv
run_job usage 'Usage: the walkthrough of the old doos'
stop_farm
printf '\nThe documents are in %s\n' "$out"
