package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code that README.md and docs/AGENTS.md print, from artifacts alone. */
class DocumentedCodeIT {
  private static final String NINE =
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
  private static final String SOLVED =
      "534678912672195348198342567859761423426853791713924856961537284287419635345286179";

  @TempDir private Path temp;

  private HostProcess run(String project, String type, String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Strangers.VECTOR_FLAG, "-cp", Strangers.path(Strangers.with(project)), type));
    command.addAll(List.of(arguments));
    return HostProcess.java(temp, command).succeeded();
  }

  @Test
  void moreOfTheApi() throws Exception {
    Path run = Files.createDirectories(temp.resolve("runs/demo"));
    try (InputStream model =
        Objects.requireNonNull(
            DocumentedCodeIT.class.getResourceAsStream(
                "/META-INF/trm/models/sudoku-4/model.safetensors"))) {
      Files.copy(model, run.resolve("model.safetensors"));
    }
    HostProcess host =
        run("facade-host", "com.example.facade.Facade", "3.1.4..2.......1", "1.3.2..4........");
    assertThat(host.out().getFirst()).matches("(true|false) .*: .+");
    assertThat(host.value("all")).isEqualTo("2 2");
    assertThat(Integer.parseInt(host.value("published"))).isPositive();
    assertThat(host.out()).contains("3 2 1 4");
  }

  @Test
  void trainingInMemory() throws Exception {
    HostProcess host = run("facade-host", "com.example.facade.Training");
    assertThat(host.value("solved")).isEqualTo("16");
    assertThat(host.out()).contains("step 2").doesNotContain("step 3");
    try (var files = Files.walk(temp)) {
      assertThat(files.filter(file -> file.toString().endsWith(".safetensors"))).isEmpty();
    }
  }

  @Test
  void toolsForAgents() throws Exception {
    HostProcess host = run("agents-host", "com.example.agents.Agents", NINE);
    assertThat(host.value("langchain4j")).isEqualTo("solve VERIFIED " + SOLVED);
    assertThat(host.value("spring-ai")).isEqualTo("solve \"VERIFIED " + SOLVED + "\"");
  }
}
