#!/bin/bash
# make check-containers: builds the images and runs compose.yaml with them, as an operator would: two workers, real jobs,
# a drained and a killed worker, and what the images must never allow. Leaves nothing running and nothing installed but
# packages.
#
# Takes the container engine that runs here. Where none does, and as root, it starts one of its own in a temporary folder.
# Where images cannot be fetched, the base comes from debootstrap, and Debian's RabbitMQ and S3Proxy stand in for the
# broker and the store; it says so.
#
#   CHECK_CACHE=folder   keeps its own engine's images in there for the next run, which spares it LibreOffice's installation
set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"
. deploy/setup/find-jdk.sh
doos_find_java25 javac
doos=$root/deploy/target/doos/bin/doos
examples=$root/deploy/target/doos/examples
work=$(mktemp -d "${TMPDIR:-/var/tmp}/doos-containers.XXXXXX")
project=doos-check-$$
gateway_image=doos-check-gateway worker_image=doos-check-worker tools_image=doos-check-tools base_image=doos-check-base
engine='' composed=''
untried=() # what could not be had here, for the last words

say() { printf '\n== %s\n' "$1"; }
fine() { printf '   %s\n' "$1"; }

fail() {
  printf '\ncheck-containers: %s\n' "$1" >&2
  [ -z "$composed" ] || compose logs --tail 25 >&2 || :
  exit 1
}

# Of our own engine only: nothing but images outlives a run, however the one before ended.
clear_engine() {
  local left
  left=$(docker ps -aq)
  # shellcheck disable=SC2086 # a list of words
  [ -z "$left" ] || docker rm -fv $left >/dev/null 2>&1 || :
  docker network prune -f >/dev/null 2>&1 || :
  docker volume prune -f >/dev/null 2>&1 || :
}

# Whatever happens: no container, volume, network or engine of ours stays.
finish() {
  local status=$?
  trap - EXIT
  # a compose that was interrupted would go on making containers
  [ -z "$composed" ] || docker rm -f "$project-compose" >/dev/null 2>&1 || :
  [ -z "$composed" ] || docker rm -fv "$project-bare" >/dev/null 2>&1 || :
  if [ -n "$composed" ]; then compose down --volumes --remove-orphans --timeout 10 >"$work/down.log" 2>&1 || cat "$work/down.log" >&2; fi
  if [ -n "$engine" ]; then
    clear_engine
    kill -TERM "$engine"
    for _ in {1..300}; do kill -0 "$engine" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$engine" 2>/dev/null || :
  fi
  for mounted in "$work"/run/netns/*; do umount "$mounted" 2>/dev/null || :; done
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# within SECONDS WHAT COMMAND...   tries the command until it succeeds.
within() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "not in time: $what"
    sleep 0.5
  done
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port=$1
  while is_taken "$port"; do port=$((port + 1)); done
  printf %s "$port"
}

needs() {
  command -v "$1" >/dev/null || {
    [ "$(id -u)" = 0 ] || fail "no container engine runs here that this user may use: install docker, or run this as root"
    fine "installing $2"
    apt-get -q -y update >/dev/null
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$2" >"$work/apt.log" 2>&1 ||
      { cat "$work/apt.log" >&2; fail "apt could not install $2"; }
  }
}

# An engine of our own. It makes no bridge for itself and leaves the machine's packet filter and routing alone, so
# containers reach each other and their published ports, and nothing beyond; images are built in the machine's network.
start_engine() {
  needs dockerd docker.io
  needs debootstrap debootstrap
  export DOCKER_HOST=unix://$work/docker.sock
  local storage
  for storage in overlay2 vfs; do
    dockerd -H "$DOCKER_HOST" --data-root "${CHECK_CACHE:-$work/engine}" --exec-root "$work/run" --pidfile "$work/pid" --iptables=false \
      --ip6tables=false --bridge=none --ip-masq=false --ip-forward=false --storage-driver "$storage" >"$work/engine.log" 2>&1 </dev/null &
    engine=$!
    for _ in {1..120}; do
      docker version >/dev/null 2>&1 && return
      kill -0 "$engine" 2>/dev/null || break
      sleep 0.25
    done
    kill -KILL "$engine" 2>/dev/null || :
    engine=''
  done
  tail -n 20 "$work/engine.log" >&2
  fail "no container engine can be started here"
}

find_engine() {
  say 'Engine'
  if docker version >/dev/null 2>&1; then fine "the one that runs here"; else
    start_engine
    clear_engine
    fine "one of our own"
  fi
  local info
  info=$(docker info --format '{{.Driver}}, cgroups v{{.CgroupVersion}}, {{.SecurityOptions}}' 2>/dev/null)
  fine "Docker $(docker version --format '{{.Server.Version}}'), $info"
  case $info in *name=apparmor*) ;; *) untried+=("apparmor=$(sed -n 's/.*- apparmor=//p' compose.yaml): this engine uses no AppArmor") ;; esac
}

can_pull() { docker image inspect "$1" >/dev/null 2>&1 || timeout 300 docker pull -q "$1" >/dev/null 2>&1; }

make_base() {
  if can_pull debian:trixie-slim; then
    base=debian:trixie-slim
    fine "base debian:trixie-slim"
    return
  fi
  base=$base_image
  untried+=('debian:trixie-slim: a base of debootstrap stood in for it')
  docker image inspect "$base" >/dev/null 2>&1 || {
    fine "debian:trixie-slim cannot be fetched: a base of debootstrap's instead"
    needs debootstrap debootstrap
    local mirror=http://deb.debian.org/debian
    debootstrap --variant=minbase trixie "$work/trixie" "$mirror" >"$work/debootstrap.log" 2>&1 || {
      tail -n 5 "$work/debootstrap.log" >&2
      fail "debootstrap could not make a Debian 13"
    }
    printf 'deb %s trixie main\ndeb %s trixie-updates main\ndeb %s-security trixie-security main\n' "$mirror" "$mirror" "$mirror" \
      >"$work/trixie/etc/apt/sources.list"
    # as Debian's slim images have it
    printf 'path-exclude /usr/share/%s/*\n' doc man locale >"$work/trixie/etc/dpkg/dpkg.cfg.d/slim"
    rm -rf "$work"/trixie/var/{cache/apt/archives/*.deb,lib/apt/lists/*} "$work"/trixie/usr/share/{doc,man,locale}/*
    tar -C "$work/trixie" -c . | docker import - "$base" >/dev/null
    rm -rf "$work/trixie"
  }
}

build() {
  local target=$1 name=$2
  docker build --network host --build-arg BASE="$base" --build-arg VERSION=check -f deploy/docker/Dockerfile --target "$target" -t "$name" . \
    >"$work/build.log" 2>&1 || {
    tail -n 30 "$work/build.log" >&2
    fail "the image of the $target cannot be built"
  }
  fine "$target: $(($(docker image inspect -f '{{.Size}}' "$name") / 1000000)) MB"
}

build_images() {
  say 'Images'
  make_base
  build gateway $gateway_image
  build worker $worker_image
  mkdir -p "$work/tools"
  docker build --network host -t $tools_image -f - "$work/tools" >"$work/build.log" 2>&1 <<END || { tail -n 30 "$work/build.log" >&2; fail 'no Docker Compose'; }
FROM $base
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends docker-compose docker-cli rabbitmq-server \
 && rm -rf /var/lib/apt/lists/*
END
  fine "tools: $(docker run --rm --network none $tools_image docker compose version), RabbitMQ $(
    docker run --rm --network none $tools_image dpkg-query -W -f '${Version}' rabbitmq-server
  )"
}

# Debian's own Docker Compose, in a container: so the version is known, and nothing is installed for it.
compose() {
  docker run --rm -i --name "$project-compose" --network host -v "${DOCKER_HOST#unix://}:/var/run/docker.sock" -v "$root:$root:ro" -v "$work:$work" -w "$root" \
    -e CHECK_GATEWAY=$gateway_image -e CHECK_WORKER=$worker_image -e CHECK_TOOLS=$tools_image -e CHECK_CLASSES="$work/classes" \
    -e GATEWAY_PORT="$port" -e GATEWAY_HTTP_PORT="$http_port" -e RABBITMQ_PAGE_PORT="$page_port" \
    $tools_image docker compose -p "$project" --env-file "$work/env" "${files[@]}" --progress quiet "$@"
}

prepare() {
  port=$(free_port 28568)
  http_port=$(free_port 28580)
  page_port=$(free_port 25672)
  export DOCKER_HOST="${DOCKER_HOST:-unix:///var/run/docker.sock}"
  mkdir "$work/classes"
  "$JAVA_HOME/bin/javac" -d "$work/classes" -cp 'deploy/target/doos/lib/*' deploy/docker/check/SubstituteStore.java
  files=(-f compose.yaml -f deploy/docker/check/ours.yaml)
  local image
  for service in rabbitmq store; do
    image=$(sed -n "/^  $service:/,/^  [a-z]/ s/^    image: //p" compose.yaml)
    if can_pull "$image"; then fine "$service: $image"; else
      fine "$service: $image cannot be fetched, so it stays untried: a substitute"
      untried+=("$image: a substitute stood in for it")
      files+=(-f "deploy/docker/check/$service.yaml")
    fi
  done
}

check_secrets() {
  say 'Secrets'
  : >"$work/env"
  ! compose config >"$work/out" 2>&1 || fail 'compose.yaml has a default secret'
  grep -q "make compose-secrets" "$work/out" || fail "compose does not say what to do about missing secrets: $(cat "$work/out")"
  fine "without: $(tail -n 1 "$work/out")"
  deploy/docker/secrets.sh "$work/env" >/dev/null
  cp "$work/env" "$work/env-before"
  deploy/docker/secrets.sh "$work/env" >/dev/null
  cmp -s "$work/env" "$work/env-before" || fail 'making secrets again changes them'
  [ "$(stat -c %a "$work/env")" = 600 ] || fail 'others may read the secrets'
  fine 'made once, readable by their owner only'
}

container() { printf '%s-%s-%s' "$project" "$1" "$2"; }
logs() { docker logs "$(container "$@")" 2>&1; }

# said worker 2 PATTERN   (not `logs | grep -q`: what ends early breaks the pipe, and with it the line)
said() { grep -qE -- "$3" <<<"$(logs "$1" "$2")"; }

start_farm() {
  say 'docker compose up --wait --scale worker=2'
  composed=yes
  local started=$SECONDS
  compose up -d --wait --wait-timeout 600 --scale worker=2 >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail 'the farm did not become healthy'; }
  fine "all healthy after $((SECONDS - started)) s"
  for worker in 1 2; do
    fine "worker $worker: $(logs worker $worker | sed -n 's/.*Offices: \(LibreOffice .*\)/\1/p')"
    said worker $worker 'in: bubblewrap in a user namespace' || fail "worker $worker runs offices unjailed"
  done
}

submit() { "$doos" submit --host 127.0.0.1 --port "$port" "$@"; }

run_examples() {
  say 'Jobs'
  local e=$examples out=$work/jobs
  submit "$e/letters/letters.bas" "$e/letters/letter.odt" "$e/letters/customers.csv" --wait -o "$out" >/dev/null
  submit "$e/chart/chart.bas" "$e/chart/solar.csv" --wait -o "$out" >/dev/null
  submit "$e/usage/usage.bas" --wait -o "$out" >/dev/null
  local pdfs
  pdfs=$(find "$out" -name '*.pdf' -size +5k | wc -l)
  [ "$pdfs" = 7 ] && [ -s "$out/solar-report.xlsx" ] && [ -s "$out/usage.odt" ] || fail "the examples left: $(ls "$out")"
  fine 'letters, chart and usage: 7 PDFs, a spreadsheet, a text'
}

# show_layers FILE   the layers of the jail as the doctor tells them; all that jail=required asks for must hold.
show_layers() {
  local layer
  for layer in files processes network 'system calls' rights limits; do
    grep -q "^ok  *jail: $layer " "$1" || fail "the doctor does not show that the jail's layer '$layer' holds: $(cat "$1")"
  done
  sed -n 's/^\([a-z]*\)  *\(jail.*\)/   \1  \2/p' "$1"
}

# each_kind POOL FOLDER   a document of each kind, open as a visible one is, to PDF.
each_kind() {
  cat >"$work/kinds.bas" <<'END'
Sub Main
  Dim into(0) As New com.sun.star.beans.PropertyValue
  Dim kind, document
  For Each kind In Array("writer", "calc", "impress", "draw")
    document = StarDesktop.loadComponentFromURL("private:factory/s" & kind, "_blank", 0, Array())
    If kind = "calc" Then document.Sheets.getByIndex(0).getCellByPosition(0, 0).String = kind
    into(0).Name = "FilterName"
    into(0).Value = kind & "_pdf_Export"
    document.storeToURL(ConvertToURL("<<OUTDIR>>" & kind & ".pdf"), into)
    document.close(True)
  Next
End Sub
END
  submit --pool "$1" "$work/kinds.bas" --wait -o "$2" >/dev/null
  local kind
  for kind in writer calc impress draw; do
    [ "$(head -c 5 "$2/$kind.pdf")" = %PDF- ] || fail "no PDF of a document of $kind: $(ls "$2")"
  done
}

# A macro that runs these words of shell.
shell_macro() {
  cat <<END
Sub Main
  Open "<<OUTDIR>>words.sh" For Output As #1
  Print #1, "${1//\"/\"\"}"
  Close #1
  Shell "/bin/sh", 0, "<<OUTDIR>>words.sh", True
  Wait 2000
End Sub
END
}

check_confinement() {
  say 'Confinement'
  local name
  for name in "$(container gateway 1)" "$(container worker 1)"; do
    [ "$(docker exec "$name" id -u)" = 8568 ] || fail "$name runs as root"
    ! docker exec "$name" touch /opt/doos/x 2>/dev/null && ! docker exec "$name" touch /var/x 2>/dev/null || fail "$name can write its root file system"
    docker exec "$name" grep -q '^CapBnd:[[:space:]]*0*$' /proc/1/status || fail "$name has capabilities"
    docker exec "$name" grep -q '^NoNewPrivs:[[:space:]]*1$' /proc/1/status || fail "$name may gain rights"
    docker exec "$name" grep -q '^Seccomp:[[:space:]]*2$' /proc/1/status || fail "$name has no filter of system calls"
  done
  docker exec "$(container worker 1)" /opt/doos/bin/doos doctor >"$work/doctor" 2>&1 || fail "the doctor is not content with the worker: $(cat "$work/doctor")"
  fine 'gateway and worker: no root, no capability, root file system read-only, system calls filtered'
  show_layers "$work/doctor"
  each_kind default "$work/kinds"
  fine 'visible documents of Writer, Calc, Impress and Draw, each to PDF'
  # From within: a macro that tries to see more than it may.
  local broker call
  broker=$(docker inspect -f "{{(index .NetworkSettings.Networks \"${project}_farm\").IPAddress}}" "$(container rabbitmq 1)")
  call=": </dev/tcp/$broker/5672 && echo REACHED"
  grep -q REACHED <<<"$(docker exec "$(container worker 1)" timeout 10 bash -c "$call" 2>&1)" || fail 'the worker itself does not reach the broker'
  shell_macro "exec >\"<<OUTDIR>>seen.txt\" 2>&1; id; ls / /var/lib; cat /proc/1/environ /proc/*/environ; \
cat /proc/*/cmdline >\"<<OUTDIR>>commands.txt\"; touch /usr/x && echo WROTE; unshare -U true && echo UNSHARED; timeout 10 bash -c '$call'" >"$work/probe.bas"
  submit "$work/probe.bas" --wait -o "$work/probe" >/dev/null
  grep -q '^uid=8568' "$work/probe/seen.txt" || fail 'the probe did not run'
  ! grep -aqE 'DOOS_|slot-|tini' "$work/probe/seen.txt" || fail "a macro sees the worker: $(tr -d '\0' <"$work/probe/seen.txt")"
  ! grep -aqE 'REACHED|WROTE|UNSHARED' "$work/probe/seen.txt" || fail "a macro gets out: $(tr -d '\0' <"$work/probe/seen.txt")"
  grep -aq soffice "$work/probe/commands.txt" && ! grep -aqE 'io\.doos|tini' "$work/probe/commands.txt" ||
    fail "a macro sees other processes: $(tr '\0' ' ' <"$work/probe/commands.txt")"
  fine 'a macro sees no environment, data and process of the worker, writes nothing outside, gets no new namespace and does not reach the broker'
}

# A macro that takes its time, so that something can happen meanwhile.
slow_jobs() {
  printf 'Function Main\n  Wait %s\n  Open "<<OUTDIR>>done.txt" For Output As #1\n  Close #1\nEnd Function\n' "$1" >"$work/slow.bas"
  tickets=()
  for _ in {1..4}; do tickets+=("$(submit "$work/slow.bas" | sed -n 's/^Ticket //p')"); done
}

any_ticket() { (IFS='|' && printf '(%s)' "${tickets[*]}"); }
is_running_on() { said worker "$1" "Job $(any_ticket) attempt [0-9]+ begins"; }
is_done() { grep -q ': done' <<<"$("$doos" status --host 127.0.0.1 --port "$port" "$1")"; }
all_done() { for ticket in "${tickets[@]}"; do is_done "$ticket" || return; done; }

check_stop() {
  say 'docker stop'
  slow_jobs 4000
  within 60 'a job on worker 2' is_running_on 2
  local started=$SECONDS
  docker stop -t 45 "$(container worker 2)" >/dev/null
  [ $((SECONDS - started)) -lt 40 ] || fail 'a worker told to stop had to be killed'
  [ "$(docker inspect -f '{{.State.ExitCode}}' "$(container worker 2)")" != 137 ] || fail 'a worker told to stop was killed'
  said worker 2 'Stopping' || fail 'SIGTERM did not reach Java'
  said worker 2 "Job $(any_ticket) is DONE" || fail 'a worker told to stop did not finish its job'
  within 240 'the jobs of the farm with one worker stopped' all_done
  docker start "$(container worker 2)" >/dev/null
  fine "finished what ran, and stopped within $((SECONDS - started)) s; all 4 jobs done"
}

has_started_twice() { [ "$(logs worker 1 | grep -c 'takes jobs of pool')" -ge 2 ]; }

check_kill() {
  say 'kill -9 of a worker'
  slow_jobs 6000
  within 90 'a job on worker 1' is_running_on 1
  docker exec "$(container worker 1)" bash -c 'ls -d /var/lib/doos/slot-*/worker/offices/office-*' >/dev/null
  # not `docker kill`, after which the engine would leave it down
  docker run --rm --network none --pid host $tools_image kill -KILL "$(docker inspect -f '{{.State.Pid}}' "$(container worker 1)")"
  within 240 'the killed worker to be back' has_started_twice
  said worker 1 'Deleted what was left of office-' || fail 'the killed worker left its offices'
  within 240 'the jobs of the killed worker' all_done
  fine 'started again by the engine, swept what it had left; all 4 jobs done'
}

check_zombies() {
  shell_macro 'kill -SEGV $PPID' >"$work/crash.bas"
  ! submit "$work/crash.bas" --wait >/dev/null 2>&1 || fail 'a macro that kills its office is done'
  for worker in 1 2; do
    ! docker exec "$(container worker $worker)" bash -c 'grep -l "^State:.Z" /proc/[0-9]*/status' 2>/dev/null || fail 'killed offices stay as zombies'
  done
  fine 'killed offices are reaped'
}

# A worker without the lines that allow namespaces: Landlock and the stricter filter instead.
check_landlock() {
  say 'Without security_opt'
  docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' "$(container worker 1)" | grep '^DOOS_' >"$work/bare-env"
  docker run -d --name "$project-bare" --network "${project}_farm" --env-file "$work/bare-env" -e DOOS_WORKER_POOL=bare --read-only --cap-drop ALL \
    --security-opt no-new-privileges:true --tmpfs /tmp:size=64m,mode=1777 --tmpfs /var/lib/doos:uid=8568,gid=8568 $worker_image >"$work/out" 2>&1 ||
    fail "no container without security_opt: $(cat "$work/out")"
  within 240 'a worker without namespaces to take jobs' bare_said 'takes jobs of pool'
  bare_said 'in: Landlock and a filter of system calls, without namespaces' || fail "no jail of Landlock: $(docker logs "$project-bare" 2>&1)"
  ! bare_said 'NOT CONFINED' || fail 'a worker without namespaces says that something is not confined'
  docker exec "$project-bare" /opt/doos/bin/doos doctor >"$work/doctor" 2>&1 || fail "the doctor is not content with it: $(cat "$work/doctor")"
  show_layers "$work/doctor"
  local e=$examples out=$work/bare
  submit --pool bare "$e/letters/letters.bas" "$e/letters/letter.odt" "$e/letters/customers.csv" --wait -o "$out" >/dev/null
  submit --pool bare "$e/chart/chart.bas" "$e/chart/solar.csv" --wait -o "$out" >/dev/null
  submit --pool bare "$e/usage/usage.bas" --wait -o "$out" >/dev/null
  [ "$(find "$out" -name '*.pdf' -size +5k | wc -l)" = 7 ] && [ -s "$out/solar-report.xlsx" ] && [ -s "$out/usage.odt" ] || fail "the examples left: $(ls "$out")"
  fine 'letters, chart and usage: 7 PDFs, a spreadsheet, a text'
  each_kind bare "$out"
  fine 'visible documents of Writer, Calc, Impress and Draw, each to PDF'
  bare_probe "$out"
  docker rm -fv "$project-bare" >/dev/null
  fine 'a macro reads no file, environment or folder of the worker, starts nothing and calls nobody'
}

bare_said() { grep -q -- "$1" <<<"$(docker logs "$project-bare" 2>&1)"; }

# What it tries to read, write, start and call must each be "denied".
bare_probe() {
  cat >"$work/bare.bas" <<'END'
Function Main
  seen = ""
  For Each there In Array("/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/opt/doos/bin/doos", "/var/lib/doos/slot-1.lock")
    seen = seen & CanRead(there) & Chr(10)
  Next
  seen = seen & CanWrite("/tmp/x") & Chr(10) & CanWrite("/var/lib/doos/x") & Chr(10) & CanStart() & Chr(10)
  seen = seen & CanCall("socket,host=rabbitmq,port=5672") & Chr(10) & CanCall("pipe,name=other") & Chr(10)
  Open "<<OUTDIR>>seen.txt" For Output As #1
  Print #1, seen
  Close #1
  Main = seen
End Function
Function CanRead(there)
  On Error Goto failed
  Open there For Input As #1
  Close #1
  CanRead = "read " & there
  Exit Function
failed:
  CanRead = "denied"
End Function
Function CanWrite(there)
  On Error Goto failed
  Open there For Output As #1
  Close #1
  CanWrite = "wrote " & there
  Exit Function
failed:
  CanWrite = "denied"
End Function
Function CanStart()
  On Error Goto failed
  Shell "/bin/true", 0, "", True
  CanStart = "started"
  Exit Function
failed:
  CanStart = "denied"
End Function
Function CanCall(whom)
  On Error Goto failed
  connector = createUnoService("com.sun.star.connection.Connector")
  connector.connect(whom)
  CanCall = "called " & whom
  Exit Function
failed:
  CanCall = "denied"
End Function
END
  submit --pool bare "$work/bare.bas" --wait -o "$1" >/dev/null
  [ "$(grep -c '^denied$' "$1/seen.txt")" = 10 ] && [ "$(grep -c . "$1/seen.txt")" = 10 ] || fail "without namespaces a macro has: $(cat "$1/seen.txt")"
}

check_messages() {
  say 'Settings'
  docker run --rm --network none $gateway_image >"$work/out" 2>&1 && fail 'a gateway without keys starts'
  grep -q 'store.access-key is missing: .*DOOS_STORE_ACCESS_KEY' "$work/out" || fail "missing keys are not named: $(cat "$work/out")"
  docker run --rm --network none -e DOOS_STORE_ACESS_KEY=a $worker_image >"$work/out" 2>&1 && fail 'a worker with an unknown setting starts'
  grep -q 'did you mean DOOS_STORE_ACCESS_KEY' "$work/out" || fail "an unknown setting is not named: $(cat "$work/out")"
  # neither bubblewrap nor Landlock can work here
  printf '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mount","landlock_create_ruleset"],"action":"SCMP_ACT_ERRNO"}]}' >"$work/no-jail.json"
  docker run --rm --network none -e DOOS_STORE_ACCESS_KEY=a -e DOOS_STORE_SECRET_KEY=b --security-opt seccomp="$work/no-jail.json" $worker_image \
    >"$work/out" 2>&1 && fail 'a worker without a jail starts'
  grep -q '^doos: Offices cannot be confined here.*seccomp' "$work/out" || fail "a missing jail is not named: $(cat "$work/out")"
  fine 'missing keys, unknown settings and a missing jail are told by name'
}

main() {
  find_engine
  build_images
  prepare
  check_secrets
  start_farm
  run_examples
  check_confinement
  check_stop
  check_kill
  check_zombies
  check_landlock
  check_messages
  say "All well, after $SECONDS s"
  fine 'offices in containers: in bubblewrap with the security_opt of compose.yaml, in Landlock, seccomp and limits without; refused where neither can be'
  for what in ${untried[@]+"${untried[@]}"}; do fine "untried: $what"; done
}

main
