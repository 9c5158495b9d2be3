package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The solving service of docs/SERVER.md, as an executable jar. */
class SpringStarterIT {
  @TempDir private Path temp;

  static Stream<Arguments> flags() {
    return Stream.of(
        Arguments.of(List.of(Strangers.VECTOR_FLAG), ""),
        Arguments.of(List.of(), "add-modules jdk.incubator.vector"),
        // What spring-boot:run and the run configurations of IDEs start with.
        Arguments.of(
            List.of(Strangers.VECTOR_FLAG, "-XX:TieredStopAtLevel=1"), "using backend cpu-scalar"));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void solvesFromAnExecutableJar(List<String> flags, String said) throws Exception {
    Path out = temp.resolve("out.txt");
    Process spring = start(flags, List.of("--server.port=0"), out);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String root = "http://localhost:" + port(spring, out);
      HttpResponse<String> answer = post(client, root + "/solve", "3.1.4..2.......1");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"text\":\"3214413214232341\"", "\"outcome\":\"CORRECT\"");
      HttpResponse<String> health = get(client, root + "/actuator/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("\"trm\":{\"details\":{\"trmModel\":\"");
      assertThat(Files.readString(out)).contains(said);
    } finally {
      spring.destroy();
      assertThat(spring.waitFor()).as("exit code after SIGTERM").isEqualTo(143);
    }
  }

  @Test
  void endsWithOneClearMessageWhereTheModelIsMissing() throws Exception {
    Path out = temp.resolve("out.txt");
    Process spring = start(List.of(), List.of("--server.port=0", "--trm.model=sudoku-5"), out);
    assertThat(spring.waitFor()).isEqualTo(1);
    assertThat(Files.readString(out))
        .contains("APPLICATION FAILED TO START")
        .contains("trm.model: 'sudoku-5' is no file or folder")
        .doesNotContain("\tat ");
  }

  @Test
  void describesItsPropertiesToEditors() throws Exception {
    String metadata = "";
    try (JarFile jar = new JarFile(Strangers.jar("starter-host").toFile())) {
      JarEntry nested =
          jar.stream()
              .filter(entry -> entry.getName().matches("BOOT-INF/lib/trm-spring-boot-[0-9].*"))
              .findFirst()
              .orElseThrow();
      try (JarInputStream in = new JarInputStream(jar.getInputStream(nested))) {
        for (JarEntry e = in.getNextJarEntry(); e != null; e = in.getNextJarEntry()) {
          if (e.getName().equals("META-INF/spring-configuration-metadata.json")) {
            metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          }
        }
      }
    }
    assertThat(metadata)
        .contains("\"trm.model\"", "\"trm.models\"", "\"trm.backend\"", "\"trm.threads\"")
        .contains("Worker threads that all models share");
  }

  private Process start(List<String> flags, List<String> options, Path out) throws Exception {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("-jar", Strangers.jar("starter-host").toString()));
    arguments.addAll(options);
    return HostProcess.start(temp, out, temp.resolve("errors.txt"), arguments);
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

  private static HttpResponse<String> post(HttpClient client, String uri, String text)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
