package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Answer;
import org.trm4j.TrmModel;
import tools.jackson.databind.JsonNode;

/** {@code /v2}: follows the Open Inference Protocol and its extension for binary data. */
class InferenceProtocolTest {
  private static final String INFER = "/v2/models/sudoku-4/infer";
  private static RunningServer server;
  private static int[] tokens;
  private static Answer expected;

  @BeforeAll
  static void start() {
    server = RunningServer.start();
    TrmModel model = server.bean(TrmModel.class);
    tokens = model.parse(RunningServer.PUZZLE).tokens();
    expected = model.solve(RunningServer.PUZZLE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsHealthAndDescribesModels() throws Exception {
    assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
    assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(RunningServer.json(server.get("/v2")).path("name").asString())
        .isEqualTo("trm-server");
    for (String path : new String[] {"/v2/models/sudoku-4", "/v2/models/sudoku-4/versions/1"}) {
      JsonNode model = RunningServer.json(server.get(path));
      assertThat(model.path("inputs").path(0).path("name").asString()).isEqualTo("tokens");
      assertThat(model.path("inputs").path(0).path("shape").path(1).asInt()).isEqualTo(16);
      assertThat(model.path("outputs").size()).isEqualTo(4);
    }
    assertThat(server.get("/v2/models/sudoku-4/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/v2/models/sudoku-4/versions/1/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/v2/models/sudoku-5/ready").statusCode()).isEqualTo(404);
    assertThat(server.get("/v2/models/sudoku-4/versions/2").statusCode()).isEqualTo(404);
  }

  @Test
  void infersFromFlatAndNestedData() throws Exception {
    String flat = Arrays.toString(tokens);
    for (String data : new String[] {flat, "[" + flat + "]"}) {
      HttpResponse<String> response =
          server.post(
              INFER,
              "{\"id\":\"a1\",\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,16],\"datatype\":\"INT64\",\"data\":%s}]}"
                  .formatted(data));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode reply = RunningServer.json(response);
      assertThat(reply.path("model_name").asString()).isEqualTo("sudoku-4");
      assertThat(reply.path("model_version").asString()).isEqualTo("1");
      assertThat(reply.path("id").asString()).isEqualTo("a1");
      JsonNode answer = reply.path("outputs").path(0);
      assertThat(answer.path("name").asString()).isEqualTo("answer");
      assertThat(answer.path("shape").toString()).isEqualTo("[1,16]");
      assertThat(answer.path("data").toString())
          .isEqualTo(Arrays.toString(expected.tokens()).replace(" ", ""));
      assertThat(reply.path("outputs").path(1).path("data").path(0).asBoolean()).isTrue();
      assertThat(reply.path("outputs").path(2).path("data").path(0).asInt())
          .isEqualTo(expected.steps());
      assertThat(reply.path("outputs").path(3).path("data").path(0).asDouble())
          .isEqualTo(expected.confidence());
    }
  }

  @Test
  void infersFromBytesAsTritonsClientsSendThem() throws Exception {
    byte[] head =
        ("{\"inputs\":[{\"name\":\"tokens\",\"shape\":[2,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":128}}],"
                + "\"outputs\":[{\"name\":\"answer\",\"parameters\":{\"binary_data\":true}},{\"name\":\"verified\",\"parameters\":{\"binary_data\":false}},{\"name\":\"confidence\",\"parameters\":{\"binary_data\":true}}]}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer data = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    for (int puzzle = 0; puzzle < 2; puzzle++) {
      for (int token : tokens) {
        data.putInt(token);
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(head);
    body.write(data.array());
    HttpResponse<byte[]> response =
        server
            .client()
            .send(
                server
                    .request(INFER)
                    .header("Inference-Header-Content-Length", Integer.toString(head.length))
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    int length =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode outputs =
        RunningServer.JSON
            .readTree(new String(response.body(), 0, length, StandardCharsets.UTF_8))
            .path("outputs");
    assertThat(outputs.path(0).path("parameters").path("binary_data_size").asInt()).isEqualTo(128);
    assertThat(outputs.path(1).path("data").toString()).isEqualTo("[true,true]");
    ByteBuffer tail =
        ByteBuffer.wrap(response.body(), length, response.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int puzzle = 0; puzzle < 2; puzzle++) {
      for (int token : expected.tokens()) {
        assertThat(tail.getInt()).isEqualTo(token);
      }
    }
    assertThat(tail.getDouble()).isEqualTo(expected.confidence());
    assertThat(tail.getDouble()).isEqualTo(expected.confidence());
    assertThat(tail.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|inputs: none, expected one input named tokens",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[1]}]}|inputs:"
            + " [x], expected one input named tokens",
        "{\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,9],\"datatype\":\"INT32\",\"data\":[1]}]}|shape"
            + " [1, 9], expected [N, 16]",
        "{\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[1]}]}|1"
            + " values, expected 16",
        "{\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[99,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]}|99"
            + " at [0, 0], expected 0 to",
        "{\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[\"a\"]}]}|expected"
            + " whole numbers",
        "{\"inputs\":[{\"name\":\"tokens\",\"shape\":[1,16],\"datatype\":\"INT32\"}]}|neither data"
            + " nor binary_data_size",
        "{\"parameters\":{\"steps\":1.5},\"inputs\":[{\"name\":\"tokens\",\"shape\":[16],\"datatype\":\"INT32\",\"data\":[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]}|steps"
            + " is 1.5",
        "{\"outputs\":[{\"name\":\"logits\"}],\"inputs\":[{\"name\":\"tokens\",\"shape\":[16],\"datatype\":\"INT32\",\"data\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}|outputs:"
            + " 'logits', expected answer"
      })
  void refusesAsTheProtocolSays(String body, String error) throws Exception {
    HttpResponse<String> response = server.post(INFER, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(RunningServer.json(response).path("error").asString()).contains(error);
  }
}
