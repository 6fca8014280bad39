# Sourced by ./mvnw and ./gatehouse (POSIX sh): sets and exports JAVA_HOME to a JDK of at least version 25.
#
# Order: GATEHOUSE_JAVA (a JDK folder or its bin/java; if set it must fit), JAVA_HOME, the java on PATH,
# then the folders where Debian, macOS, SDKMAN and IDEs put JDKs. A candidate counts only if its own
# `release` file says 25 or more and it has a compiler. Returns 1 with a message if there is none.

# Is $1 the home of a JDK 25 or newer?
gatehouse_is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  gatehouse_major=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]\{1,\}\).*/\1/p' "$1/release" | head -n 1)
  [ -n "$gatehouse_major" ] && [ "$gatehouse_major" -ge 25 ]
}

# Prints the home of the java program $1, following links.
gatehouse_home_of() {
  gatehouse_java=$(readlink -f "$1" 2>/dev/null) || gatehouse_java=$1
  gatehouse_java=${gatehouse_java%/*}
  printf '%s\n' "${gatehouse_java%/*}"
}

# Prints the home of the first JDK that fits.
gatehouse_find_jdk() {
  if [ -n "${GATEHOUSE_JAVA-}" ]; then
    gatehouse_home=$GATEHOUSE_JAVA
    [ -d "$gatehouse_home" ] || gatehouse_home=$(gatehouse_home_of "$gatehouse_home")
    gatehouse_is_jdk "$gatehouse_home" && printf '%s\n' "$gatehouse_home" && return 0
    echo "GATEHOUSE_JAVA is set to '$GATEHOUSE_JAVA', which is not a JDK 25 or newer." >&2
    return 1
  fi
  if gatehouse_is_jdk "${JAVA_HOME-}"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  gatehouse_java=$(command -v java 2>/dev/null) || gatehouse_java=
  if [ -n "$gatehouse_java" ]; then
    gatehouse_home=$(gatehouse_home_of "$gatehouse_java")
    gatehouse_is_jdk "$gatehouse_home" && printf '%s\n' "$gatehouse_home" && return 0
  fi
  set +f
  for gatehouse_home in /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/*; do
    gatehouse_is_jdk "$gatehouse_home" && printf '%s\n' "$gatehouse_home" && return 0
  done
  cat >&2 <<'END'
Gatehouse needs a JDK 25 or newer and found none. Install one, for example
  Debian, Ubuntu:  apt install openjdk-25-jdk-headless   (or temurin-25-jdk)
  macOS:           brew install --cask temurin@25
  anywhere:        sdk install java 25-tem               (SDKMAN)
or set GATEHOUSE_JAVA (or JAVA_HOME) to the folder of one.
END
  return 1
}

# A subshell, so that `set +f` and the working variables stay inside.
JAVA_HOME=$(gatehouse_find_jdk) && export JAVA_HOME
