# Sourced by ./mvnw and ./trm (POSIX sh): sets and exports JAVA_HOME to a JDK of at least the version below.
# Order: JAVA_HOME and the java on the PATH where they are new enough, then the places where distributions and
# JDK managers put one. There exactly the wanted version goes before a newer one.

trm_jdk_wanted=25

# Prints the feature version of the JDK in $1, or fails when there is none (a JRE has no javac).
trm_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r trm_key trm_value || [ -n "$trm_key" ]; do
    if [ "$trm_key" = JAVA_VERSION ]; then
      trm_value=${trm_value#\"}
      trm_value=${trm_value%%[!0-9]*}
      [ -n "$trm_value" ] && printf '%s\n' "$trm_value"
      return
    fi
  done <"$1/release"
  return 1
}

trm_jdk_new_enough() {
  trm_found=$(trm_jdk_version "$1") && [ "$trm_found" -ge "$trm_jdk_wanted" ]
}

# Prints the home of the java on the PATH, following links.
trm_jdk_on_path() {
  trm_java=$(command -v java) || return 1
  while [ -L "$trm_java" ]; do
    trm_link=$(readlink "$trm_java") || return 1
    case $trm_link in
      /*) trm_java=$trm_link ;;
      *) trm_java=${trm_java%/*}/$trm_link ;;
    esac
  done
  trm_java=$(cd "${trm_java%/*}/.." 2>/dev/null && pwd -P) && printf '%s\n' "$trm_java"
}

trm_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && trm_jdk_new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  trm_home=$(trm_jdk_on_path) || trm_home=
  if [ -n "$trm_home" ] && trm_jdk_new_enough "$trm_home"; then
    JAVA_HOME=$trm_home
    export JAVA_HOME
    return 0
  fi
  trm_user=${HOME:-/nonexistent}
  trm_newer=
  for trm_home in \
    "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" "${JDK_25:-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk* /usr/local/java/* /usr/local/jdk* \
    /opt/* /opt/java/* /opt/jdk/* /opt/jvm/* /opt/hostedtoolcache/Java_*/*/* /snap/openjdk/current/jdk \
    "${SDKMAN_DIR:-$trm_user/.sdkman}"/candidates/java/* /usr/local/sdkman/candidates/java/* \
    "$trm_user"/.jdks/* "$trm_user"/.gradle/jdks/* "$trm_user"/.gradle/jdks/*/* "$trm_user"/.jabba/jdk/* \
    "$trm_user"/.jbang/currentjdk "$trm_user"/.jbang/cache/jdks/* \
    "${ASDF_DATA_DIR:-$trm_user/.asdf}"/installs/java/* \
    "${MISE_DATA_DIR:-$trm_user/.local/share/mise}"/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$trm_user"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -n "$trm_home" ] && trm_jdk_new_enough "$trm_home"; then
      if [ "$trm_found" -eq "$trm_jdk_wanted" ]; then
        JAVA_HOME=$trm_home
        export JAVA_HOME
        return 0
      fi
      : "${trm_newer:=$trm_home}"
    fi
  done
  if [ -n "$trm_newer" ]; then
    JAVA_HOME=$trm_newer
    export JAVA_HOME
    return 0
  fi
  printf '%s\n' "No JDK $trm_jdk_wanted found: install one (https://adoptium.net/temurin/releases/?version=$trm_jdk_wanted, or \`sdk install java $trm_jdk_wanted-tem\`), or set JAVA_HOME to where it is." >&2
  return 1
}
