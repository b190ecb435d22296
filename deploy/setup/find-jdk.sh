# Sourced by mvnw, install.sh and bin/doos. doos_find_java25 sets and exports JAVA_HOME to a Java 25 and answers 0, or
# leaves it alone and answers 1 when there is none.
#
#   doos_find_java25         any Java 25, enough to run doos
#   doos_find_java25 javac   a whole JDK 25, needed to build doos
#
# Looks, in this order, at JAVA_HOME, the java on the PATH, the JAVA_HOME_25_* variables of CI machines, and the folders
# where Debian, Ubuntu, Temurin, Oracle, SDKMAN, asdf, mise, JBang, Gradle, IDEs and CI images keep their Javas.

doos_is_java25() {
  [ -x "$1/bin/${2:-java}" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[".+]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q ' version "25[".+]'
  fi
}

doos_find_java25() {
  doos_path_java=$(command -v java 2>/dev/null) && doos_path_java=$(readlink -f "$doos_path_java") || doos_path_java=
  doos_user_home=${HOME-}
  doos_options=$-
  set +f
  for doos_home in "${JAVA_HOME-}" "${doos_path_java%/bin/java}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/*j[dr][ke]* /opt/*java* /opt/*java*/* /opt/jvm/* /usr/local/*j[dr][ke]* \
    /usr/local/*java* /usr/local/lib/jvm/* /snap/openjdk/current/jdk /opt/hostedtoolcache/Java_*/25*/* \
    "$doos_user_home"/.sdkman/candidates/java/* "$doos_user_home"/.asdf/installs/java/* \
    "$doos_user_home"/.local/share/mise/installs/java/* "$doos_user_home"/.jbang/cache/jdks/* \
    "$doos_user_home"/.gradle/jdks/* "$doos_user_home"/.jdks/* "$doos_user_home"/*j[dr][ke]*25*; do
    if [ -n "$doos_home" ] && doos_is_java25 "$doos_home" "${1:-java}"; then
      JAVA_HOME=$doos_home
      export JAVA_HOME
      break
    fi
    doos_home=
  done
  case $doos_options in *f*) set -f ;; esac
  [ -n "$doos_home" ]
}
