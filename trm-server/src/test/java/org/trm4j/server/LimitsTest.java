package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.server.limit.OpenServerException;
import org.trm4j.server.limit.SolveGate;

/** Body size, concurrency, the queue, the deadline, the token, and where the server may listen. */
class LimitsTest {
  private static final String TOKEN = "0123456789abcdef";
  // 64 attempts of 1024 steps, none of which ends early: longer than any test waits.
  private static final String LONG =
      "{\"puzzle\":\"%s\",\"steps\":1024,\"attempts\":64,\"firstFound\":false,\"halt\":\"fixed\"}"
          .formatted(RunningServer.PUZZLE);
  private static final String SHORT = "{\"puzzle\":\"" + RunningServer.PUZZLE + "\"}";
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            "trm.server.concurrency=1",
            "trm.server.queue=0",
            "trm.server.max-body=1KB",
            "trm.server.token=" + TOKEN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder solving(String body) {
    return server.posting("/v1/solve", body).header("Authorization", "Bearer " + TOKEN);
  }

  private static void until(int solving) throws InterruptedException {
    SolveGate gate = server.bean(SolveGate.class);
    for (int i = 0; i < 3000 && gate.solving() != solving; i++) {
      Thread.sleep(10);
    }
    assertThat(gate.solving()).isEqualTo(solving);
  }

  @Test
  void refusesWhoeverFindsNoPlaceAndNoQueue() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        server
            .client()
            .sendAsync(
                solving(LONG.replace("}", ",\"timeoutMs\":3000}")).build(),
                HttpResponse.BodyHandlers.ofString());
    until(1);
    HttpResponse<String> second = server.send(solving(SHORT));
    assertThat(second.statusCode()).as(second.body()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(RunningServer.json(second).path("detail").asString())
        .isEqualTo("1 requests are being solved and 0 wait; try again later");
    first.cancel(true);
    // Only a write shows that a client has gone; without events, the deadline ends the solve.
    until(0);
    assertThat(server.send(solving(SHORT)).statusCode()).isEqualTo(200);
  }

  @Test
  void endsAtTheDeadline() throws Exception {
    HttpResponse<String> response = server.send(solving(LONG.replace("}", ",\"timeoutMs\":300}")));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
    assertThat(RunningServer.json(response).path("detail").asString())
        .isEqualTo("not solved within 300 ms, waiting included");
    HttpResponse<String> events =
        server.send(
            solving(LONG.replace("}", ",\"timeoutMs\":300}"))
                .header("Accept", "text/event-stream"));
    assertThat(events.body()).contains("event: error").contains("not solved within 300 ms");
  }

  @Test
  void stopsSolvingForAClientThatHasGone() throws Exception {
    HttpResponse<InputStream> events =
        server
            .client()
            .send(
                solving(LONG).header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(events.body().read()).isEqualTo('e');
    events.body().close();
    until(0);
  }

  @Test
  void readsNoMoreOfABodyThanIsAllowed() throws Exception {
    String large = "{\"puzzle\":\"" + "1".repeat(5000) + "\"}";
    HttpResponse<String> announced = server.send(solving(large));
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(announced.body()).contains("larger than 1024 bytes (trm.server.max-body)");
    HttpResponse<String> chunked =
        server.send(
            solving("")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
    assertThat(chunked.statusCode()).as(chunked.body()).isEqualTo(413);
    assertThat(chunked.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer 0123456789abcdeX", "Basic 0123456789abcdef"})
  void asksForTheToken(String header) throws Exception {
    HttpRequest.Builder request = server.posting("/v1/solve", SHORT);
    if (!header.isEmpty()) {
      request.header("Authorization", header);
    }
    HttpResponse<String> response = server.send(request);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(response.body()).doesNotContain(TOKEN);
  }

  @Test
  void leavesThePageAndHealthOpen() throws Exception {
    for (String open : new String[] {"/v2/health/live", "/actuator/health"}) {
      assertThat(server.get(open).statusCode()).as(open).isEqualTo(200);
    }
    for (String closed :
        new String[] {"/v1/models", "/actuator/prometheus", "/openapi", "/v2/models/sudoku-4"}) {
      assertThat(server.get(closed).statusCode()).as(closed).isEqualTo(401);
    }
  }

  @Test
  void everyRequestThatMayWaitHasAThread() {
    try (RunningServer patient = RunningServer.start("trm.server.queue=500")) {
      assertThat(patient.threads()).isGreaterThan(532);
    }
    assertThat(server.threads()).isEqualTo(200);
  }

  @Test
  void listensElsewhereWithATokenOnly() {
    assertThatThrownBy(() -> RunningServer.start("server.address=0.0.0.0").close())
        .isInstanceOf(OpenServerException.class)
        .hasMessageContaining("which needs a token");
    RunningServer.start("server.address=0.0.0.0", "trm.server.token=" + TOKEN).close();
    assertThatThrownBy(() -> RunningServer.start("trm.server.token=short").close())
        .rootCause()
        .hasMessageContaining("trm.server.token: 5 characters, expected at least 16");
  }
}
