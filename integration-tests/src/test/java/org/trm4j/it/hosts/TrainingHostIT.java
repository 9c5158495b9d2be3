package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger's puzzle is learnt in a Guice application, and solved in others. */
class TrainingHostIT {
  private static final String PUZZLE = "1...2.1..3.2..4.";
  @TempDir private static Path temp;
  private static Path model;

  @BeforeAll
  static void learnsLatinSquares() throws Exception {
    model = temp.resolve("latin");
    HostProcess host =
        train(
                Strangers.join(Strangers.with("guice-host"), Strangers.with("latin-squares")),
                model.toString(),
                "cpu-vector",
                "latin-square",
                "trm",
                "250")
            .succeeded();
    Matcher verified = Pattern.compile("(\\d+) of (\\d+)").matcher(host.value("verified"));
    assertThat(verified.matches()).isTrue();
    assertThat(Integer.parseInt(verified.group(2))).isEqualTo(100);
    assertThat(Integer.parseInt(verified.group(1))).as("%s", host).isGreaterThan(80);
  }

  private static HostProcess train(List<Path> jars, String... arguments)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                Strangers.VECTOR_FLAG, "-cp", Strangers.path(jars), "com.example.train.GuiceHost"));
    all.addAll(List.of(arguments));
    return HostProcess.java(temp, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector", "metered"})
  void runsAStrangersPolicyOnEveryBackend(String backend) throws Exception {
    List<Path> jars =
        Strangers.join(
            Strangers.with("guice-host"),
            Strangers.with("latin-squares"),
            Strangers.with("double-answer-policy"),
            Strangers.with("metered-backend"));
    HostProcess host =
        train(
                jars,
                temp.resolve("double-" + backend).toString(),
                backend,
                "latin-square:train=50,test=5",
                "double-answer",
                "10")
            .succeeded();
    assertThat(host.value("backend")).isEqualTo(backend);
    assertThat(Double.parseDouble(host.value("loss"))).isBetween(0.0, 100.0);
    assertThat(host.value("verified")).endsWith(" of 5");
  }

  /** Its own heads, objective, transition and optimizer; then its model, opened from its file. */
  @Test
  void runsAStrangersTaskAndOptimizer() throws Exception {
    List<Path> task = Strangers.join(Strangers.with("latin-squares"), Strangers.with("doubt-task"));
    Path run = temp.resolve("doubt");
    HostProcess host =
        train(
                Strangers.join(Strangers.with("guice-host"), task),
                run.toString(),
                "cpu-vector",
                "latin-square:train=500,test=20",
                "doubt",
                "200",
                "sign-momentum")
            .succeeded();
    Matcher verified = Pattern.compile("(\\d+) of 20").matcher(host.value("verified"));
    assertThat(verified.matches()).isTrue();
    assertThat(Integer.parseInt(verified.group(1))).as("%s", host).isGreaterThan(4);
    HostProcess opened = open(Strangers.join(Strangers.with("module-host"), task), run);
    assertThat(opened.succeeded().value("answer")).matches("[1-4.]{16} (CORRECT|WRONG)");
    HostProcess without =
        open(Strangers.join(Strangers.with("module-host"), Strangers.with("latin-squares")), run);
    assertThat(without.exit()).isEqualTo(1);
    assertThat(without.err())
        .anySatisfy(
            line -> assertThat(line).contains("unknown transition doubt; found: deduction"));
  }

  private static HostProcess open(List<Path> jars, Path model) throws Exception {
    return HostProcess.java(
        temp,
        List.of(
            Strangers.VECTOR_FLAG,
            "-cp",
            Strangers.path(jars),
            "com.example.modulehost.ModuleHost",
            model.toString(),
            PUZZLE));
  }

  @Test
  void refusesTwoVersionsOfAPlugin() throws Exception {
    Path older = Files.copy(Strangers.jar("latin-squares"), temp.resolve("latin-squares-0.jar"));
    List<Path> jars =
        Strangers.join(
            Strangers.with("guice-host"), Strangers.with("latin-squares"), List.of(older));
    HostProcess host =
        train(jars, temp.resolve("none").toString(), "cpu-scalar", "latin-square", "trm", "1");
    assertThat(host.exit()).isEqualTo(1);
    assertThat(host.err())
        .filteredOn(line -> line.contains("found twice"))
        .singleElement()
        .asString()
        .contains("data set com.example.latin.LatinSquareProvider: found twice, in jar:file:")
        .contains("latin-squares-0.jar")
        .contains("latin-squares-1.jar")
        .endsWith("leave one of them out");
  }

  /** The incubator module is the host's choice on the module path too. */
  @ParameterizedTest
  @CsvSource({"java.base, plain loops", "jdk.incubator.vector, bit"})
  void solvesOnTheModulePath(String added, String device) throws Exception {
    HostProcess host =
        HostProcess.java(
                temp,
                List.of(
                    "--add-modules",
                    added,
                    "-p",
                    Strangers.path(Strangers.with("module-host")),
                    "-m",
                    "com.example.modulehost/com.example.modulehost.ModuleHost",
                    model.toString(),
                    PUZZLE))
            .succeeded();
    assertThat(host.value("module")).isEqualTo("com.example.modulehost");
    assertThat(host.value("api")).isEqualTo("org.trm4j.api");
    assertThat(host.value("backends")).contains("cpu-scalar", "cpu-vector");
    assertThat(host.value("device")).contains(device);
    assertThat(host.value("answer")).matches("[1-4.]{16} (CORRECT|WRONG)");
    // A host that only solves resolves nothing of HTTP, JSON, logging bindings or injection.
    assertThat(host.value("modules"))
        .contains("org.trm4j.api")
        .doesNotContain("java.net.http", "jackson", "guice", "slf4j", "org.trm4j.training");
  }

  @Test
  void servesASharedModelUnderLoad() throws Exception {
    Path out = temp.resolve("spring.txt");
    Process spring =
        HostProcess.start(
            temp,
            out,
            temp.resolve("spring-errors.txt"),
            List.of(
                Strangers.VECTOR_FLAG,
                "-jar",
                Strangers.jar("spring-host").toString(),
                "--server.port=0",
                "--model=" + model));
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService users = Executors.newFixedThreadPool(16)) {
      URI solve = URI.create("http://localhost:" + port(spring, out) + "/solve");
      HttpResponse<String> first = post(client, solve, PUZZLE);
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(first.body()).contains("\"answer\":\"", "\"verified\":", "\"steps\":");
      List<Callable<String>> requests = new ArrayList<>();
      for (int i = 0; i < 320; i++) {
        requests.add(() -> post(client, solve, PUZZLE).body());
      }
      for (Future<String> answer : users.invokeAll(requests)) {
        assertThat(answer.get()).isEqualTo(first.body());
      }
      HttpResponse<String> refused = post(client, solve, "11..............");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .isEqualTo("latin-square: 11..............: 1 stands in cells 1 and 2");
    } finally {
      spring.destroy();
      assertThat(spring.waitFor()).as("exit code after SIGTERM").isEqualTo(143);
    }
  }

  private static int port(Process spring, Path out) throws Exception {
    Pattern started = Pattern.compile("Tomcat started on port (\\d+)");
    for (int i = 0; i < 600 && spring.isAlive(); i++) {
      Matcher line = started.matcher(Files.readString(out));
      if (line.find()) {
        return Integer.parseInt(line.group(1));
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Spring Boot did not start: " + Files.readString(out));
  }

  private static HttpResponse<String> post(HttpClient client, URI uri, String puzzle)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(puzzle))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
