package org.trm4j.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The search asks for a version 99 here, so that no JDK of the machine that runs the test can
 * answer.
 */
class FindJdkTest {
  private static final Path SCRIPT = Path.of("..", ".mvn", "find-jdk.sh").toAbsolutePath();

  @TempDir Path temp;

  @Test
  void javaHomeWinsWhereItIsNewEnough() throws Exception {
    Path home = jdk(temp.resolve("home jdk"), "99.0.1");
    jdk(temp.resolve(".sdkman/candidates/java/99-tem"), "99");
    assertThat(find(Map.of("JAVA_HOME", home.toString())))
        .isEqualTo(new Found(0, home.toString(), ""));
  }

  @Test
  void theJavaOnThePathIsFollowedThroughLinks() throws Exception {
    Path old = jdk(temp.resolve("old"), "17.0.15");
    Path onPath = jdk(temp.resolve("jdk"), "100-ea");
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Files.createSymbolicLink(temp.resolve("java"), Path.of("jdk/bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../java"));
    assertThat(find(Map.of("JAVA_HOME", old.toString(), "PATH", bin + ":/usr/bin:/bin")))
        .isEqualTo(new Found(0, onPath.toRealPath().toString(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".sdkman/candidates/java/99.0.1-tem",
        ".jdks/temurin-99",
        ".asdf/installs/java/temurin-99",
        ".local/share/mise/installs/java/99",
        ".gradle/jdks/temurin-99",
        ".jbang/cache/jdks/99",
        "Library/Java/JavaVirtualMachines/temurin-99.jdk/Contents/Home"
      })
  void managersOfTheUserAreSearched(String place) throws Exception {
    Path home = jdk(temp.resolve(place), "99.0.1");
    assertThat(find(Map.of())).isEqualTo(new Found(0, home.toString(), ""));
  }

  @Test
  void theWantedVersionGoesBeforeANewerOne() throws Exception {
    jdk(temp.resolve(".jdks/a-100"), "100");
    Path wanted = jdk(temp.resolve(".jdks/b-99"), "99.0.2");
    assertThat(find(Map.of()).home()).isEqualTo(wanted.toString());
    Files.delete(wanted.resolve("bin/javac"));
    assertThat(find(Map.of()).home()).isEqualTo(temp.resolve(".jdks/a-100").toString());
  }

  @Test
  void noneIsOneLineThatSaysWhatToInstall() throws Exception {
    jdk(temp.resolve(".jdks/old"), "98.9");
    Path jre = jdk(temp.resolve(".jdks/jre"), "99");
    Files.delete(jre.resolve("bin/javac"));
    Found found = find(Map.of("JAVA_HOME", jre.toString()));
    assertThat(found.exit()).isEqualTo(1);
    assertThat(found.home()).isEmpty();
    assertThat(found.errors().lines()).singleElement().asString().contains("JDK 99", "install");
  }

  private record Found(int exit, String home, String errors) {}

  private Found find(Map<String, String> environment) throws IOException, InterruptedException {
    Path errors = temp.resolve("errors.txt");
    ProcessBuilder shell =
        new ProcessBuilder(
            "/bin/sh",
            "-euc",
            ". \"$1\"; trm_jdk_wanted=99; trm_find_jdk || exit 1; printf %s \"$JAVA_HOME\"",
            "sh",
            SCRIPT.toString());
    shell.environment().clear();
    shell.environment().putAll(Map.of("HOME", temp.toString(), "PATH", "/usr/bin:/bin"));
    shell.environment().putAll(environment);
    Process process = shell.redirectError(errors.toFile()).start();
    String home = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Found(process.waitFor(), home, Files.readString(errors));
  }

  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    for (String tool : new String[] {"java", "javac"}) {
      Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"y\"\n");
    return home;
  }
}
