package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reachability metadata for GraalVM names every plug-in and every file that is looked for. */
class NativeImageMetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "trm-api",
        "trm-backend-cpu",
        "trm-datasets",
        "models/trm-model-maze-15",
        "models/trm-model-maze-30",
        "models/trm-model-maze-7",
        "models/trm-model-maze-9",
        "models/trm-model-sudoku-4",
        "models/trm-model-sudoku-6",
        "models/trm-model-sudoku-9",
        "models/trm-model-sudoku-9-deduction"
      })
  void namesPluginsAndResources(String module) throws Exception {
    Path meta = Path.of("..", module, "src/main/resources/META-INF");
    JsonNode metadata =
        JsonMapper.shared()
            .readTree(
                Files.readString(
                    meta.resolve("native-image/org.trm4j")
                        .resolve(Path.of(module).getFileName())
                        .resolve("reachability-metadata.json")));
    Set<String> types = new TreeSet<>();
    metadata.get("reflection").forEach(entry -> types.add(entry.get("type").asString()));
    Set<String> globs = new TreeSet<>();
    metadata.get("resources").forEach(entry -> globs.add(entry.get("glob").asString()));
    for (Path service : files(meta.resolve("services"))) {
      assertThat(globs).contains("META-INF/services/" + service.getFileName());
      assertThat(types).containsAll(providers(service));
    }
    for (String type : types) {
      assertThat(Class.forName(type).getName()).isEqualTo(type);
    }
    Path models = meta.resolve("trm/models");
    if (Files.exists(models)) {
      for (Path model : files(models)) {
        assertThat(globs).contains("META-INF/trm/models/" + model.getFileName() + "/*");
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  private static List<String> providers(Path service) throws IOException {
    return Files.readAllLines(service).stream()
        .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
