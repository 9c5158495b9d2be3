package org.trm4j.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./trm} in a checkout whose Maven and JDK are stand-ins that take no time. */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "./trm is for POSIX shells; trm.cmd is for Windows")
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cksum",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "head",
          "mkdir",
          "mkfifo",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "touch",
          "uname");

  @TempDir private Path temp;
  private Path root;
  private Path jdk;

  @BeforeEach
  void checkout() throws IOException {
    root = temp.resolve("check out");
    Path project = Path.of("..").toAbsolutePath().normalize();
    Files.createDirectories(root.resolve(".mvn"));
    for (String file : List.of("trm", ".mvn/find-jdk.sh", ".mvn/find-tornado.sh")) {
      Files.copy(project.resolve(file), root.resolve(file));
    }
    Files.createFile(root.resolve("pom.xml"));
    try (Stream<Path> modules = Files.list(project)) {
      for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
        module(module.getFileName().toString());
      }
    }
    module("models/trm-model-any");
    script(
        root.resolve("mvnw"),
        """
        echo built >>builds.log
        sleep 2
        mkdir -p trm-cli/target/lib
        echo jar >trm-cli/target/trm-cli.jar
        echo jar >trm-cli/target/lib/lib.jar
        """);
    jdk = temp.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    script(jdk.resolve("bin/javac"), "exit 1");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    script(
        jdk.resolve("bin/java"),
        """
        for argument; do
          case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; exit ;; esac
        done
        echo "process $$"
        echo "arguments $*"
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo 'WARNING: something else' >&2
        printf 'no line end' >&2
        exit 3
        """);
  }

  private void module(String name) throws IOException {
    Path copy = root.resolve(name);
    Files.createDirectories(copy.resolve("src/main"));
    Files.createFile(copy.resolve("pom.xml"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Started(Process process, Path out, Path err) {
    int code() throws InterruptedException {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    }

    String shown() throws IOException {
      return Files.readString(out);
    }

    /** Waits for the filter, which may end after the command. */
    String errors() throws IOException, InterruptedException {
      for (int i = 0; i < 100 && !Files.readString(err).contains("no line end"); i++) {
        Thread.sleep(50);
      }
      return Files.readString(err);
    }
  }

  private Started start(String name, boolean flock) throws IOException {
    Path out = temp.resolve(name + ".out");
    Path err = temp.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh", "-c", "umask 022; exec \"$0\" plugins", root.resolve("trm").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("TMPDIR", temp.toString());
    builder.environment().remove("TORNADOVM_HOME");
    builder.environment().put("SDKMAN_DIR", temp.resolve("none").toString());
    if (!flock) {
      builder.environment().put("PATH", toolsWithoutFlock().toString());
    }
    return new Started(builder.start(), out, err);
  }

  private Path toolsWithoutFlock() throws IOException {
    Path bin = temp.resolve("tools");
    if (!Files.exists(bin)) {
      Files.createDirectories(bin);
      for (String tool : TOOLS) {
        for (Path place : List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))) {
          if (Files.exists(place) && !Files.exists(bin.resolve(tool))) {
            script(bin.resolve(tool), "exec " + place + " \"$@\"\n");
          }
        }
      }
    }
    return bin;
  }

  private Path app() throws IOException {
    Path builds = root.resolve("trm-cli/target/builds");
    return builds.resolve(Files.readString(builds.resolve("built")).strip());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoAtOnceOneBuildsAndTheOtherWaits(boolean flock) throws Exception {
    List<Started> both = new ArrayList<>();
    both.add(start("first", flock));
    both.add(start("second", flock));
    for (Started started : both) {
      assertThat(started.code()).as(started.errors()).isEqualTo(3);
    }
    assertThat(root.resolve("builds.log")).hasContent("built");
    assertThat(both.get(0).errors() + both.get(1).errors()).contains("waiting for it");
  }

  @Test
  void aLockThatAKilledBuildLeftIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve("trm-cli/target/builds/lock.d"));
    Files.writeString(lock.resolve("owner"), dead.pid() + "\n");
    assertThat(start("after", false).code()).isEqualTo(3);
    assertThat(root.resolve("builds.log")).hasContent("built");
    assertThat(lock).doesNotExist();
  }

  @Test
  void otherWeightsOfAModelAreBuiltIn() throws Exception {
    assertThat(start("build", true).code()).isEqualTo(3);
    Path weights = root.resolve("models/trm-model-any/src/main/resources/weights");
    Files.createDirectories(weights.getParent());
    Files.writeString(weights, "new");
    Files.setLastModifiedTime(weights, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(start("again", true).code()).isEqualTo(3);
    assertThat(root.resolve("builds.log")).hasContent("built\nbuilt");
  }

  @Test
  void otherUsersMayReadTheBuild() throws Exception {
    assertThat(start("build", true).code()).isEqualTo(3);
    assertThat(Files.getPosixFilePermissions(app()))
        .contains(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
    assertThat(Files.getPosixFilePermissions(app().resolve("lib.jar")))
        .contains(PosixFilePermission.OTHERS_READ);
  }

  @Test
  void aDamagedCacheIsMadeAgain() throws Exception {
    assertThat(start("build", true).code()).isEqualTo(3);
    Path cache = app().resolve("trm.aot");
    Files.writeString(cache, "damaged");
    Started again = start("again", true);
    assertThat(again.code()).isEqualTo(3);
    assertThat(cache).hasContent("cache");
    assertThat(again.shown()).contains("-XX:AOTCache=" + cache);
    assertThat(root.resolve("builds.log")).hasContent("built");
  }

  @Test
  void theIncubatorWarningIsFilteredAndNothingElse() throws Exception {
    assertThat(start("build", true).code()).isEqualTo(3);
    Started started = start("again", true);
    assertThat(started.code()).isEqualTo(3);
    assertThat(started.errors()).isEqualTo("WARNING: something else\nno line end\n");
    assertThat(started.shown()).contains("process " + started.process().pid() + "\n");
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left.map(Path::toString)).noneMatch(file -> file.matches(".*/trm\\.[0-9]+\\.err"));
    }
  }
}
