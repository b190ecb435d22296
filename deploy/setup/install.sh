#!/bin/sh
# Installs what doos needs and this machine lacks. When all is there it changes nothing and says nothing.
#
#   install.sh          what building and running the farm needs
#   install.sh test     that, and what the tests need
#
# Debian 12, Debian 13 and Ubuntu 24.04; as root, or as a user who may use sudo.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/find-jdk.sh"

# LibreOffice: the -nogui packages lack files that visible documents need, so it is the full ones.
# Fonts: Liberation stands in for Arial, Times and Courier, Carlito for Calibri, Caladea for Cambria.
RUN_PACKAGES="libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw
  fonts-dejavu-core fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea fonts-opensymbol fontconfig
  libjemalloc2 bubblewrap util-linux procps curl ca-certificates unzip"
TEST_PACKAGES="rabbitmq-server amqp-tools python3 python3-pika python3-uno unoconv php-cli s3cmd poppler-utils zip
  chromium chromium-driver"
JDK_PACKAGE=openjdk-25-jdk-headless

say() { printf 'set-up: %s\n' "$1"; }

# Prints the problem and, indented, what to do about it.
complain() {
  printf '\nset-up: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '    %s\n' "$line" >&2; done
  printf '\n' >&2
}

fail() {
  complain "$@"
  exit 1
}

system_name() {
  (. /etc/os-release 2>/dev/null && printf %s "${PRETTY_NAME-}") || printf 'this system'
}

missing_of() {
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

can_be_root() {
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -y -o DPkg::Lock::Timeout=300 \
    -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

check_system() {
  id=$( (. /etc/os-release 2>/dev/null && printf %s "${ID-}-${VERSION_ID-}") || :)
  case $id in
    debian-12 | debian-13 | ubuntu-24.04) ;;
    *)
      command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || fail \
        "$(system_name) has no apt: doos sets itself up on Debian 12, Debian 13 and Ubuntu 24.04 only" \
        "On another system install by hand: a JDK 25, LibreOffice with Writer, Calc, Impress and Draw," \
        "bubblewrap, util-linux, curl, unzip and the Liberation and DejaVu fonts." \
        "Then 'make dist' builds doos and 'deploy/target/doos/bin/doos doctor' says what is still missing."
      untested=yes
      ;;
  esac
}

fail_without_jdk() {
  fail "no JDK 25 is on this machine, and $(system_name) has no package $JDK_PACKAGE" \
    "Unpack any JDK 25 for Linux under /opt or /usr/lib/jvm, where it will be found, or set JAVA_HOME to it. One way:" \
    "" \
    "curl -fL -o /tmp/jdk-25.tar.gz https://api.adoptium.net/v3/binary/latest/25/ga/linux/$(jdk_cpu)/jdk/hotspot/normal/eclipse" \
    "sudo mkdir -p /opt/jdk-25 && sudo tar -xzf /tmp/jdk-25.tar.gz -C /opt/jdk-25 --strip-components=1" \
    "" \
    "Then give the same make command again."
}

jdk_cpu() {
  case $(uname -m) in aarch64 | arm64) printf aarch64 ;; *) printf x64 ;; esac
}

# Debian starts a service as soon as its package is installed, unless this file forbids it while we install.
POLICY=/usr/sbin/policy-rc.d
forbid_service_starts() {
  [ ! -e "$POLICY" ] || return 0
  trap 'allow_service_starts; exit 1' HUP INT TERM
  trap allow_service_starts EXIT
  our_policy=yes
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  as_root chmod 755 "$POLICY"
}
allow_service_starts() {
  [ -z "$our_policy" ] || as_root rm -f "$POLICY"
  our_policy=
}

# The tests start brokers of their own: the service must run neither now nor after the next boot.
stop_rabbitmq_service() {
  if [ -d /run/systemd/system ]; then
    as_root systemctl --quiet disable --now rabbitmq-server || :
  else
    as_root service rabbitmq-server stop >/dev/null 2>&1 || :
  fi
}

install_missing() {
  check_system
  can_be_root || fail "root is needed to install: $missing" \
    "Run once as root, or as a user who may use sudo:" "$here/install.sh $scope"
  [ -z "$untested" ] || say "doos was never tried on $(system_name): going on, in the hope that its packages are named as Debian's"

  say "reading the package lists"
  apt update >/dev/null || say "some package lists could not be read: going on with what there is"
  if [ -n "$needs_jdk" ]; then
    apt-cache show "$JDK_PACKAGE" >/dev/null 2>&1 || fail_without_jdk
    missing="$missing$JDK_PACKAGE "
  fi

  say "installing $missing"
  case " $missing" in *" rabbitmq-server "*) forbid_service_starts ;; esac
  # shellcheck disable=SC2086 # a list of words
  apt install --no-install-recommends $missing || fail "apt could not install: $missing" \
    "What apt says above is the reason. On Ubuntu most of these are in 'universe': sudo add-apt-repository universe" \
    "Then give the same make command again."
  allow_service_starts
  case " $missing" in *" rabbitmq-server "*) stop_rabbitmq_service ;; esac
}

# Tries what the worker will do: an unprivileged user makes namespaces of its own.
jail_works() {
  set -- bwrap --unshare-all --die-with-parent --ro-bind / / true
  [ "$(id -u)" != 0 ] || set -- setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
  "$@" >/dev/null 2>&1
}

kernel_says() {
  [ "$(cat "/proc/sys/$1" 2>/dev/null)" = "$2" ]
}

APPARMOR_PROFILE=/etc/apparmor.d/doos-bwrap
apparmor_profile() {
  cat <<'END'
# Written by the set-up of doos: lets bubblewrap make the user namespaces that jail each office.
abi <abi/4.0>,
include <tunables/global>
profile doos-bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
}
END
}

allow_bwrap_in_apparmor() {
  say "AppArmor keeps bubblewrap from making user namespaces: allowing it in $APPARMOR_PROFILE"
  apparmor_profile | as_root tee "$APPARMOR_PROFILE" >/dev/null
  as_root apparmor_parser -r "$APPARMOR_PROFILE" || :
}

check_jail() {
  jail_works && return
  if kernel_says kernel/apparmor_restrict_unprivileged_userns 1; then
    if can_be_root; then
      allow_bwrap_in_apparmor
      jail_works && return
    fi
    complain "AppArmor keeps bubblewrap from making user namespaces, so offices cannot be jailed" \
      "Run once as root: $here/install.sh   (writes and loads $APPARMOR_PROFILE)" \
      "or, for every program on this machine: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
  elif kernel_says kernel/unprivileged_userns_clone 0; then
    complain "this kernel forbids user namespaces, so offices cannot be jailed" \
      "Run as root: sysctl -w kernel.unprivileged_userns_clone=1"
  elif kernel_says user/max_user_namespaces 0; then
    complain "this kernel allows no user namespaces, so offices cannot be jailed" \
      "Run as root: sysctl -w user.max_user_namespaces=10000"
  else
    complain "bubblewrap cannot make user namespaces here, so offices cannot be jailed" \
      "In a container: start it with --security-opt seccomp=deploy/docker/seccomp.json --security-opt apparmor=unconfined" \
      "--security-opt systempaths=unconfined. What bubblewrap says:" \
      "$(bwrap --unshare-all --ro-bind / / true 2>&1 | head -n 1)"
  fi
  printf '    Without a jail the farm starts only with the setting jail=preferred (DOOS_JAIL=preferred): macros\n' >&2
  printf '    can then read what the user of the farm can read, and reach the network. Not for macros of strangers.\n\n' >&2
}

scope=${1-run}
case $scope in
  run) packages=$RUN_PACKAGES ;;
  test) packages="$RUN_PACKAGES $TEST_PACKAGES" ;;
  *) fail "'$scope' is not known" "Use: $0 [run|test]" ;;
esac
needs_jdk='' our_policy='' untested=''
doos_find_java25 javac || needs_jdk=yes
# shellcheck disable=SC2086 # a list of words
missing=$(missing_of $packages)
if [ -n "$missing$needs_jdk" ]; then install_missing; fi
if [ -n "$needs_jdk" ] && ! doos_find_java25 javac; then fail_without_jdk; fi
check_jail
