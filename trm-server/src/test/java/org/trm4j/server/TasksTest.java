package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;

/** A model of several tasks, such as ARC, answers only about a task that is named. */
class TasksTest {
  private static final List<String> NAMES = List.of("<blank>", "007bbfb7", "00d62c1b");

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(8, 1)
            .tokens(900, 12)
            .puzzleEmbedding(8, 1, NAMES.size())
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1, "layers", 1), "arc", Map.of());
    ParameterSet parameters = ParameterInitializer.initialize(description.plan().parameters(), 5);
    Path file = folder.resolve("tasks.safetensors");
    ModelFiles.write(
        file, new SavedModel(description, parameters, IdentifierNames.of(NAMES).metadata()));
    Path silent = folder.resolve("silent.safetensors");
    ModelDescription noText =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1, "layers", 1), "", Map.of());
    ModelFiles.write(
        silent, new SavedModel(noText, parameters, IdentifierNames.of(NAMES).metadata()));
    server = RunningServer.start("trm.models[tasks]=" + file, "trm.models[silent]=" + silent);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, 'the model tells 3 tasks apart, expected the name of the one'",
    "',\"task\":\"11111111\"', 400, 'task 11111111: the model was not trained on it'",
    "',\"task\":\"00d62c1b\"', 200, '\"model\":\"tasks\"'",
  })
  void solvesOfATaskThatIsNamed(String task, int status, String says) throws Exception {
    HttpResponse<String> response =
        server.post(
            "/v1/solve",
            "{\"model\":\"tasks\",\"puzzle\":\"07/77\",\"steps\":1%s}".formatted(task));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, 'the model tells 3 tasks apart, expected the name of the one'",
    "',\"task\":\"11111111\"', 400, 'task 11111111: the model was not trained on it'",
    "',\"task\":\"00d62c1b\"', 200, '\"model_name\":\"tasks\"'",
  })
  void infersOfATaskThatIsNamed(String task, int status, String says) throws Exception {
    HttpResponse<String> response =
        server.post(
            "/v2/models/tasks/infer",
            "{\"parameters\":{\"steps\":1%s},\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,900],\"datatype\":\"INT32\",\"data\":%s}]}"
                .formatted(task, Arrays.toString(new int[900])));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(says);
  }

  @Test
  void aModelWithoutTextIsAskedWithTokens() throws Exception {
    HttpResponse<String> refused =
        server.post("/v1/solve", "{\"model\":\"silent\",\"puzzle\":\"07/77\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("ask with tokens, by /v2/models/silent/infer");
    HttpResponse<String> asked =
        server.post(
            "/v2/models/silent/infer",
            "{\"parameters\":{\"steps\":1,\"halt\":\"fixed\",\"task\":\"007bbfb7\"},\"inputs\":[{\"name\":\"tokens\",\"shape\":[900],\"datatype\":\"INT32\",\"data\":%s}]}"
                .formatted(Arrays.toString(new int[900])));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
  }

  /** Rules need no task. */
  @Test
  void checksWithoutOne() throws Exception {
    HttpResponse<String> response =
        server.post("/v1/check", "{\"model\":\"tasks\",\"puzzle\":\"07/77\",\"answer\":\"07/77\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("UNVERIFIABLE");
  }
}
