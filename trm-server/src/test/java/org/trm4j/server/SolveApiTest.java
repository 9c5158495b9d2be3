package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import tools.jackson.databind.JsonNode;

/** {@code /v1}: one puzzle, several, drafts as they come; refused requests and their messages. */
class SolveApiTest {
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void solvesOnePuzzleAndFindsItsModel() throws Exception {
    HttpResponse<String> response =
        server.post("/v1/solve", "{\"puzzle\":\"" + RunningServer.PUZZLE + "\",\"drafts\":true}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode reply = RunningServer.json(response);
    assertThat(reply.path("model").asString()).isEqualTo("sudoku-4");
    JsonNode answer = reply.path("answers").path(0);
    assertThat(answer.path("answer").asString()).isEqualTo(RunningServer.SOLUTION);
    assertThat(answer.path("verified").asBoolean()).isTrue();
    assertThat(answer.path("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(answer.path("drafts").size()).isEqualTo(answer.path("steps").asInt());
  }

  /**
   * In every form that {@code trm solve} reads: borders, spaces, line ends, any mark for an open
   * cell.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+-----+-----+\n| 3 . | 1 . |\n| 4 . | . 2 |\n+-----+-----+\n| . . | . . |\n| . . | . 1 |\n+-----+-----+\n",
        "3 0 1 0\r\n4 0 0 2\r\n0 0 0 0\r\n0 0 0 1\r\n",
        "3_1_\n4__2\n____\n___1",
        "\n  3.|1.\n  4.|.2\n  --+--\n  ..|..\n  ..|.1\n",
        "[[3, 0, 1, 0], [4, 0, 0, 2], [0, 0, 0, 0], [0, 0, 0, 1]]",
        "3\t\t1\t\n4\t\t\t2\n\t\t\t\n\t\t\t1\n"
      })
  void takesAPuzzleAsItIsPasted(String pasted) throws Exception {
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("puzzle", pasted),
            Map.of("puzzle", pasted, "model", "sudoku-4"),
            Map.of("puzzles", List.of(RunningServer.PUZZLE, pasted)))) {
      HttpResponse<String> response =
          server.post("/v1/solve", RunningServer.JSON.writeValueAsString(body));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode answers = RunningServer.json(response).path("answers");
      assertThat(answers.path(answers.size() - 1).path("answer").asString())
          .isEqualTo(RunningServer.SOLUTION);
    }
    String answer = "3 2 | 1 4\n4 1 | 3 2\n----+----\n1 4 | 2 3\n2 3 | 4 1\n";
    HttpResponse<String> checked =
        server.post(
            "/v1/check",
            RunningServer.JSON.writeValueAsString(Map.of("puzzle", pasted, "answer", answer)));
    assertThat(RunningServer.json(checked).path("verified").asBoolean())
        .as(checked.body())
        .isTrue();
  }

  @Test
  void refusesHalfOfASurrogatePair() throws Exception {
    HttpResponse<String> response = server.post("/v1/solve", "{\"puzzle\":\"\\ud800\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @Test
  void solvesManyInTheirOrder() throws Exception {
    List<String> puzzles = generated(40);
    HttpResponse<String> response =
        server.post("/v1/solve", RunningServer.JSON.writeValueAsString(Map.of("puzzles", puzzles)));
    JsonNode answers = RunningServer.json(response).path("answers");
    assertThat(answers.size()).isEqualTo(40);
    for (int i = 0; i < puzzles.size(); i++) {
      assertThat(answers.path(i).path("puzzle").asInt()).isEqualTo(i);
      String text = answers.path(i).path("answer").asString();
      for (int cell = 0; cell < 16; cell++) {
        char given = puzzles.get(i).charAt(cell);
        assertThat(given == '.' || given == '0' || given == text.charAt(cell))
            .as("%s %s", puzzles.get(i), text)
            .isTrue();
      }
    }
  }

  @Test
  void givesEveryClientTheAnswerThatTheModelGives() throws Exception {
    TrmModel model = server.bean(TrmModel.class);
    List<String> puzzles = generated(12);
    List<Callable<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      String puzzle = puzzles.get(i % puzzles.size());
      // Two kinds of request, which do not share a session.
      int steps = i % 3 == 0 ? 5 : 16;
      Answer expected = model.solve(model.parse(puzzle), SolveOptions.DEFAULT.withMaxSteps(steps));
      clients.add(() -> {
        JsonNode answer =
            RunningServer.json(
                    server.post(
                        "/v1/solve", "{\"puzzle\":\"%s\",\"steps\":%s}".formatted(puzzle, steps)))
                .path("answers")
                .path(0);
        assertThat(answer.path("answer").asString()).isEqualTo(expected.text());
        assertThat(answer.path("steps").asInt()).isEqualTo(expected.steps());
        assertThat(answer.path("confidence").asDouble()).isEqualTo(expected.confidence());
        return true;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(48)) {
      for (Future<Boolean> done : threads.invokeAll(clients)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  private static List<String> generated(int count) throws Exception {
    List<String> puzzles = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      puzzles.add(
          RunningServer.json(server.get("/v1/models/sudoku-4/puzzle?seed=" + seed))
              .path("puzzle")
              .asString());
    }
    assertThat(puzzles).doesNotHaveDuplicates();
    return puzzles;
  }

  @Test
  void sendsDraftsAsEvents() throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .posting(
                    "/v1/solve",
                    "{\"puzzle\":\"%s\",\"attempts\":3,\"firstFound\":false,\"details\":true,\"halt\":\"fixed\",\"steps\":4}"
                        .formatted(RunningServer.PUZZLE))
                .header("Accept", "text/event-stream"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    List<String> names = new ArrayList<>();
    List<String> drafts = new ArrayList<>();
    for (String event : response.body().split("\n\n")) {
      String[] lines = event.split("\n");
      names.add(lines[0].substring("event: ".length()));
      JsonNode data = RunningServer.JSON.readTree(lines[1].substring("data: ".length()));
      if (names.getLast().equals("draft")) {
        drafts.add(data.path("attempt").asInt() + "/" + data.path("step").asInt());
        assertThat(data.path("cellConfidence").size()).isEqualTo(16);
        assertThat(data.path("cellConfidence").path(0).asDouble()).isBetween(0.0, 1.0);
        assertThat(data.path("stateChange").asDouble()).isGreaterThan(0);
      }
    }
    assertThat(drafts)
        .containsExactlyInAnyOrder(
            "0/1", "0/2", "0/3", "0/4", "1/1", "1/2", "1/3", "1/4", "2/1", "2/2", "2/3", "2/4");
    assertThat(names.subList(12, names.size())).containsExactly("answer", "done");
  }

  @Test
  void listsModelsWithTheirTokens() throws Exception {
    JsonNode model = RunningServer.json(server.get("/v1/models")).path("models").path(0);
    assertThat(model.path("name").asString()).isEqualTo("sudoku-4");
    assertThat(model.path("grid").path("boxRows").asInt()).isEqualTo(2);
    assertThat(model.path("verifies").asBoolean()).isTrue();
    assertThat(model.path("generates").asBoolean()).isTrue();
    assertThat(model.path("parameters").asLong()).isGreaterThan(1000);
    List<String> characters = new ArrayList<>();
    model.path("tokens").forEach(token -> characters.add(token.path("character").asString()));
    assertThat(characters).contains("1", "2", "3", "4").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "3214413214232341, true, CORRECT, ''",
    "3214413214232344, false, WRONG, 4",
    "321441321423234., false, WRONG, ''"
  })
  void checksAnswersFromElsewhere(String answer, boolean verified, String outcome, String reason)
      throws Exception {
    JsonNode checked =
        RunningServer.json(
            server.post(
                "/v1/check",
                "{\"puzzle\":\"%s\",\"answer\":\"%s\"}".formatted(RunningServer.PUZZLE, answer)));
    assertThat(checked.path("verified").asBoolean()).as("%s", checked).isEqualTo(verified);
    assertThat(checked.path("verification").asString()).isEqualTo(outcome);
    assertThat(checked.path("reason").asString()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|expected either puzzle (one text) or puzzles",
        "{\"puzzle\":\"1\"}|400|no model takes it; there: sudoku-4 (16 characters)",
        "{\"puzzle\":\"11..............\"}|400|1",
        "{\"puzzles\":[\"3.1.4..2.......1\",\"11..............\"]}|400|puzzles[1]: ",
        "{\"puzzle\":\"3.1.4..2.......1\",\"model\":\"sudoku-5\"}|404|model 'sudoku-5' is not"
            + " served; there: sudoku-4",
        "{\"puzzle\":\"3.1.4..2.......1\",\"steps\":0}|400|steps: 0, expected 1 to 1024",
        "{\"puzzle\":\"3.1.4..2.......1\",\"attempts\":1000}|400|attempts: 1000, expected 1 to 64",
        "{\"puzzle\":\"3.1.4..2.......1\",\"halt\":\"never\"}|400|halt: ",
        "{\"puzzle\":\"3.1.4..2.......1\",\"sigma\":-1}|400|sigma: -1.0, expected 0 to 100",
        "{\"puzzle\":\"3.1.4..2.......1\",\"timeoutMs\":0}|400|timeoutMs: 0, expected 1 to 30000",
        "{\"puzle\":\"3.1.4..2.......1\"}|400|puzle",
        "{\"puzzles\":[]}|400|puzzles: 0, expected 1 to 1000",
        "{\"puzzles\":[null]}|400|puzzles[0]: null",
        "{\"puzzle\":|400|body: ",
        "null|400|body"
      })
  void refusesWithOneClearProblem(String body, int status, String detail) throws Exception {
    HttpResponse<String> response = server.post("/v1/solve", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(RunningServer.json(response).path("detail").asString()).contains(detail);
    assertThat(response.body()).doesNotContain("org.trm4j", "Exception", "\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/solve, 405",
    "GET, /v1/nothing, 404",
    "GET, /v1/models/none/puzzle, 404",
    "GET, /v1/models/sudoku-4/puzzle?seed=x, 400"
  })
  void refusesWhatIsNotThere(String method, String path, int status) throws Exception {
    HttpResponse<String> response =
        server.send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(response.body()).doesNotContain("\tat ");
  }

  @Test
  void refusesOtherKindsOfBodies() throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .request("/v1/solve")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"puzzle\":\"3.1.4..2.......1\"}")));
    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void describesItself() throws Exception {
    JsonNode openapi = RunningServer.json(server.get("/openapi"));
    assertThat(openapi.path("openapi").asString()).startsWith("3.");
    for (String path :
        new String[] {"/v1/solve", "/v1/models", "/v1/check", "/v2/models/{name}/infer"}) {
      assertThat(openapi.path("paths").has(path)).as(path).isTrue();
    }
    HttpResponse<String> page = server.get("/swagger-ui/index.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(server.get("/api").statusCode()).isEqualTo(302);
  }

  @Test
  void reportsHealthAndMetrics() throws Exception {
    server.post("/v1/solve", "{\"puzzle\":\"" + RunningServer.PUZZLE + "\"}");
    JsonNode health = RunningServer.json(server.get("/actuator/health"));
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("components").path("trm").path("details").has("sudoku-4")).isTrue();
    HttpResponse<String> metrics = server.get("/actuator/prometheus");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("http_server_requests_seconds_count")
        .contains("trm_solve_steps_count{", "trm_solve_seconds_count{", "model=\"sudoku-4\"")
        .contains("uri=\"/v1/solve\"");
  }
}
