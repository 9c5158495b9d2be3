package org.trm4j.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code trm mcp} as a process, asked by the client of the protocol's own SDK. */
class McpTest {
  private static final String PUZZLE = "3.1.4..2.......1";
  private static final String SOLUTION = "3214413214232341";
  private static McpSyncClient client;

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("-Xmx512m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.trm4j.mcp.McpMain"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @BeforeAll
  static void connect() {
    client =
        McpClient.sync(
                new StdioClientTransport(
                    ServerParameters.builder(java()).args(command()).build(),
                    McpJsonDefaults.getMapper()))
            .requestTimeout(Duration.ofMinutes(2))
            .initializationTimeout(Duration.ofMinutes(2))
            .build();
    assertThat(client.initialize().serverInfo().name()).isEqualTo("trm");
  }

  @AfterAll
  static void close() {
    client.closeGracefully();
  }

  private static CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(new CallToolRequest(tool, arguments));
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private static Map<?, ?> values(CallToolResult result) {
    return (Map<?, ?>) result.structuredContent();
  }

  @Test
  void namesItsTools() {
    assertThat(client.listTools().tools())
        .extracting(tool -> tool.name())
        .containsExactlyInAnyOrder("solve", "check", "list_models");
  }

  @Test
  void solvesAndMarksTheAnswerVerified() {
    CallToolResult result = call("solve", Map.of("puzzle", PUZZLE));
    assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
    assertThat(text(result)).startsWith("VERIFIED").contains(SOLUTION);
    assertThat(values(result).get("model")).isEqualTo("sudoku-4");
    assertThat(values(result).get("answer")).isEqualTo(SOLUTION);
    assertThat(values(result).get("verified")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+-----+-----+\n| 3 . | 1 . |\n| 4 . | . 2 |\n+-----+-----+\n| . . | . . |\n| . . | . 1 |\n+-----+-----+\n",
        "3 0 1 0\n4 0 0 2\n0 0 0 0\n0 0 0 1",
        "3_1_\n4__2\n____\n___1"
      })
  void takesAPuzzleAsItIsPasted(String pasted) {
    CallToolResult result = call("solve", Map.of("puzzle", pasted));
    assertThat(text(result)).startsWith("VERIFIED").contains(SOLUTION);
    String answer = "3 2 | 1 4\n4 1 | 3 2\n----+----\n1 4 | 2 3\n2 3 | 4 1\n";
    assertThat(text(call("check", Map.of("puzzle", pasted, "answer", answer))))
        .startsWith("VERIFIED");
  }

  @Test
  void marksAnAnswerThatBreaksTheRules() {
    // No solution: 1, 2 and 3 are in the row and 4 is in the column of the open cell.
    CallToolResult result = call("solve", Map.of("puzzle", "123....4........", "attempts", 1));
    assertThat(values(result).get("verified")).isEqualTo(false);
    assertThat(text(result)).startsWith("NOT VERIFIED");
  }

  @ParameterizedTest
  @CsvSource({"3214413214232341, true", "3214413214232344, false", "321441321423234., false"})
  void checksAnswers(String answer, boolean verified) {
    CallToolResult result = call("check", Map.of("puzzle", PUZZLE, "answer", answer));
    assertThat(values(result).get("verified")).as(text(result)).isEqualTo(verified);
    assertThat(text(result)).startsWith(verified ? "VERIFIED" : "NOT VERIFIED");
  }

  @Test
  void listsModels() {
    CallToolResult result = call("list_models", Map.of());
    assertThat(text(result))
        .contains("sudoku-4: sudoku, 4 rows of 4 characters", "sudoku-9", "sudoku-9-deduction");
  }

  @Test
  void tellsTheAgentWhatIsWrong() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("puzzle", "12"),
            Map.of("puzzle", PUZZLE, "model", "none"),
            Map.of("puzzle", "11.............."))) {
      CallToolResult result = call("solve", wrong);
      assertThat(result.isError()).as("%s", wrong).isTrue();
      assertThat(text(result)).isNotEmpty().doesNotContain("Exception");
    }
  }

  @Test
  void twoModelsOfOneNameTakeAnother() throws Exception {
    for (boolean named : new boolean[] {false, true}) {
      List<String> line = new ArrayList<>(List.of(java()));
      line.addAll(command("--model", "sudoku-4", "--model", named ? "b=sudoku-4" : "sudoku-4"));
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(named ? 0 : 2);
      if (!named) {
        assertThat(said)
            .contains("two models are named sudoku-4; give another name, --model NAME=sudoku-4");
      }
    }
  }

  @Test
  void endsWithItsInputAndRefusesModelsThatAreNotThere() throws Exception {
    List<String> line = new ArrayList<>(List.of(java()));
    line.addAll(command());
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();

    line = new ArrayList<>(List.of(java()));
    line.addAll(command("--model", "missing"));
    process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).contains("--model missing: no such file or folder").doesNotContain("\tat ");
  }
}
