package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code trm new} makes is built with plain Maven, tests itself, and is found by {@code trm}.
 */
class NewPluginIT {
  @TempDir private Path temp;

  /** The backend's suite takes most of a minute. */
  @Tag("nightly")
  @Test
  void makesABackend() throws Exception {
    isBuiltTestedAndFound("backend");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dataset", "policy"})
  void isBuiltTestedAndFound(String kind) throws Exception {
    String id = "my-" + kind;
    Path project = temp.resolve(id);
    trm("new", kind, id, "--out", project.toString()).succeeded();
    String log = maven(project);
    assertThat(log).containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0");
    Path jar = project.resolve("target/" + id + "-0.1.0-SNAPSHOT.jar");
    HostProcess found = trm("plugins", "--plugins", jar.toString()).succeeded();
    assertThat(found.out()).anyMatch(line -> line.contains(id));
    HostProcess missing = trm("plugins").succeeded();
    assertThat(missing.out()).noneMatch(line -> line.contains(id));
  }

  @Test
  void trainsOnAPuzzleThatItNeverSaw() throws Exception {
    Path project = temp.resolve("p");
    trm("new", "dataset", "mirror", "--package", "com.example.mirror", "--out", project.toString())
        .succeeded();
    maven(project, "-DskipTests");
    Path run = temp.resolve("run");
    trm(
            "--plugins",
            project.resolve("target").toString(),
            "train",
            "--data",
            "mirror:size=4,train=200,test=20",
            "--config",
            "demo",
            "--out",
            run.toString(),
            "--steps",
            "3")
        .succeeded();
    assertThat(run.resolve("model.safetensors")).exists();
    HostProcess report =
        trm(
                "--plugins",
                project.resolve("target").toString(),
                "eval",
                "--model",
                run.toString(),
                "--data",
                "mirror:size=4,train=0,test=20")
            .succeeded();
    assertThat(report.out()).anyMatch(line -> line.startsWith("20 puzzles"));
  }

  @Test
  void leavesAFolderWithFilesAlone() throws Exception {
    Path mine = Files.writeString(temp.resolve("mine.txt"), "mine");
    HostProcess refused = trm("new", "dataset", "mirror", "--out", temp.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).anyMatch(line -> line.contains("is not an empty folder"));
    assertThat(mine).hasContent("mine");
    assertThat(trm("plugins", "--plugins", temp.resolve("none.jar").toString()).err())
        .anyMatch(line -> line.contains("none.jar does not exist"));
  }

  private HostProcess trm(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                Strangers.VECTOR_FLAG,
                "-cp",
                System.getProperty("java.class.path"),
                "org.trm4j.cli.TrmMain"));
    all.addAll(List.of(arguments));
    return HostProcess.java(temp, all);
  }

  /** Builds as the strangers are built: from the repository into which this build was installed. */
  private String maven(Path project, String... options) throws Exception {
    Path maven = Path.of(System.getProperty("trm.maven.home"), "bin", "mvn");
    List<String> command =
        new ArrayList<>(
            List.of(
                maven.toString(),
                "-B",
                "-o",
                "-Dmaven.repo.local=" + System.getProperty("trm.maven.repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("trm.maven.tail"),
                "package"));
    command.addAll(List.of(options));
    Path log = temp.resolve("maven.log");
    Process process =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    String text = Files.readString(log);
    assertThat(code).as(text).isZero();
    return text;
  }
}
