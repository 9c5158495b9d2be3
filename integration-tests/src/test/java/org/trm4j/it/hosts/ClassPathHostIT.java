package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host application of trm-api and one backend; the class path decides which. */
class ClassPathHostIT {
  @TempDir private Path temp;

  private HostProcess run(List<Path> jars, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(
        List.of("-cp", Strangers.path(jars), "com.example.console.ConsoleHost", "model"));
    return HostProcess.java(temp, arguments);
  }

  @Test
  void needsTheApiAndOneBackendOnly() throws Exception {
    List<Path> jars = Strangers.with("console-host");
    assertThat(jars)
        .extracting(jar -> jar.getFileName().toString().replaceAll("-[0-9].*", ""))
        .containsExactlyInAnyOrder(
            "console-host", "trm-api", "trm-backend-cpu", "apiguardian-api", "jspecify");
    HostProcess host = run(jars, Strangers.VECTOR_FLAG).succeeded();
    assertThat(host.value("device")).contains("bit");
    assertThat(host.value("drafts")).isEqualTo("2");
    assertThat(host.err()).allMatch(line -> line.contains("incubator modules"));
  }

  @Test
  void fallsBackWithoutTheFlagAndSaysSoOnce() throws Exception {
    List<Path> jars = Strangers.with("console-host");
    String expected = run(jars, Strangers.VECTOR_FLAG).succeeded().value("answer");
    HostProcess host = run(jars).succeeded();
    assertThat(host.value("answer")).isEqualTo(expected);
    assertThat(host.err())
        .filteredOn(line -> line.contains("--add-modules jdk.incubator.vector"))
        .singleElement()
        .asString()
        .contains("using backend cpu-scalar, not cpu-vector");
    // System.Logger's default handler writes a line with the time and one with the message.
    assertThat(host.err()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void changesTheBackendByTheClassPathAlone() throws Exception {
    List<Path> jars = Strangers.with("console-host");
    String expected = run(jars, Strangers.VECTOR_FLAG).succeeded().value("answer");
    List<Path> swapped =
        Strangers.join(
            Strangers.without(jars, "trm-backend-cpu"), Strangers.with("metered-backend"));
    HostProcess host = run(swapped).succeeded();
    assertThat(host.value("device")).startsWith("metered: 1 models");
    assertThat(host.value("answer")).isEqualTo(expected);
  }

  @Test
  void saysWhatIsMissingWithoutABackend() throws Exception {
    List<Path> jars = Strangers.with("console-host");
    HostProcess host = run(Strangers.without(jars, "trm-backend-cpu"));
    assertThat(host.exit()).isEqualTo(1);
    assertThat(host.err().getFirst())
        .endsWith(
            "no backend can be used; none is on the class path: add org.trm4j:trm-backend-cpu");
  }
}
