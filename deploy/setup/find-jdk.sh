# Sourced by mvnw, make and bin/doos: sets JAVA_HOME to a Java 25, or leaves it alone when none is found.
# Looks at JAVA_HOME, the java on the PATH, and the places where Debian, Ubuntu, Temurin and SDKMAN keep theirs.
doos_is_java25() {
  [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null
}
doos_find_java25() {
  doos_path_java=$(command -v java 2>/dev/null) && doos_path_java=$(readlink -f "$doos_path_java") || doos_path_java=
  set +f
  for doos_home in "${JAVA_HOME-}" "${doos_path_java%/bin/java}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME-}"/.sdkman/candidates/java/*; do
    if [ -n "$doos_home" ] && doos_is_java25 "$doos_home"; then
      JAVA_HOME=$doos_home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}
doos_find_java25 || :
