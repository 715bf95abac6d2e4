# Sourced by the scripts beside it: `launch MAIN-CLASS ARGUMENT…` builds Entente when a source is newer than what was
# built, then replaces the shell by the JVM. The working directory stays the caller's, so relative paths mean what they say.
#
# JAVA_HOME               the JDK to use; otherwise `java` on the PATH
# JAVA_OPTS               further options for the JVM, such as -Xmx2g
# ENTENTE_LAUNCH_BUILD    `never` uses what is built already, whatever its age

root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
built="$root/samples/target/built.stamp"
class_path="$root/samples/target/lib"
module=samples
more_sources=()
more_maven=()
more_options=()

fail() {
  echo "entente: $*" >&2
  exit 1
}

# The java of JAVA_HOME or of the PATH, and the directory it is installed in.
find_java() {
  if [[ -n "${JAVA_HOME:-}" ]]; then
    java="$JAVA_HOME/bin/java"
    [[ -x "$java" ]] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; set it to a JDK, 17 or newer."
  else
    java="$(command -v java)" || fail "There is no java on the PATH; install a JDK, 17 or newer (Debian: openjdk-17-jdk-headless)."
  fi
  java_home="$(dirname "$(dirname "$(readlink -f "$java")")")"
}

# The feature release of $java: 17 for 17.0.15, 8 for 1.8.0_412. The JDK's own `release` file spares starting a JVM.
find_java_release() {
  local version
  version="$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$java_home/release" 2>/dev/null || true)"
  [[ -n "$version" ]] || version="$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')"
  version="${version#1.}"
  java_release="${version%%[!0-9]*}"
  [[ -n "$java_release" ]] || fail "The version of $java could not be found out; Entente needs Java 17 or newer."
  ((java_release >= 17)) || fail "$java is Java $java_release; Entente needs 17 or newer."
}

# Whether there is a build that no source, resource or pom is newer than.
is_built() {
  [[ -f "$built" && -d "$class_path" ]] || return 1
  local newer
  newer="$(find "$root"/pom.xml "$root"/samples/scripts "$root"/{conflict,core,cluster,samples}/{pom.xml,src/main} ${more_sources[@]+"${more_sources[@]}"} \
    -newer "$built" -print -quit)"
  [[ -z "$newer" ]]
}

# What Maven says is shown only when the build fails.
build() {
  command -v mvn >/dev/null || fail "Entente has to be built first and there is no mvn on the PATH; install Maven, 3.8 or newer."
  [[ -x "$java_home/bin/javac" ]] || fail "Entente has to be built first and $java_home has no bin/javac; install a JDK, 17 or newer."
  if [[ -f "$built" ]]; then
    echo "building Entente (its sources have changed)…" >&2
  else
    echo "building Entente (first use)…" >&2
  fi
  # Removed rather than overwritten: a node that runs from these jars keeps them, and none of an older build stays.
  rm -rf "$class_path" "$built"
  local log
  log="$(mktemp)"
  if ! (cd "$root" && JAVA_HOME="$java_home" mvn -B -ntp -Dmaven.test.skip=true -Djacoco.skip=true \
    ${more_maven[@]+"${more_maven[@]}"} -pl "$module" -am package) >"$log" 2>&1; then
    grep -E '^\[(ERROR|WARNING)\]' "$log" | sed '/\[Help 1\]/q' >&2
    rm -f "$log"
    fail "The build failed; what Maven said stands above."
  fi
  rm -f "$log"
}

# Builds when needed. Scripts started at the same time wait for one another.
ensure_built() {
  [[ "${ENTENTE_LAUNCH_BUILD:-}" != never ]] || return 0
  is_built && return 0
  exec 9<"$root/samples"
  ! command -v flock >/dev/null || flock 9
  is_built || build
  exec 9<&-
}

launch() {
  local main="$1"
  shift
  find_java
  find_java_release
  ensure_built
  local options=(
    # G1's concurrent work costs a quarter of the processor time on two cores; with heaps this small its short pauses save
    # little. Another collector in JAVA_OPTS needs -XX:-UseParallelGC beside it.
    -XX:+UseParallelGC
    -XX:+ExitOnOutOfMemoryError
    # Akka's ask costs ten times more CPU with the common pool's default size on a machine with two cores.
    -Djava.util.concurrent.ForkJoinPool.common.parallelism=2
    -Dfile.encoding=UTF-8
  )
  # RocksDB is native code and Akka uses sun.misc.Unsafe: both are meant, and newer JDKs warn unless told so.
  ((java_release < 24)) || options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  # shellcheck disable=SC2086 # JAVA_OPTS is several words.
  exec "$java" "${options[@]}" ${more_options[@]+"${more_options[@]}"} ${JAVA_OPTS:-} -cp "$class_path/*" "$main" "$@"
}

# The same for the module that has other systems' libraries, which only the Maven profile "peers" builds.
launch_peers() {
  module=samples/peers
  built="$root/$module/target/built.stamp"
  class_path="$root/$module/target/lib"
  more_sources=("$root/$module/pom.xml" "$root/$module/src/main")
  more_maven=(-P peers)
  # LMDB's Java binding looks into the JDK's buffers.
  more_options=(--add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED)
  launch io.entente.samples.peers.PeersCommand "$@"
}
