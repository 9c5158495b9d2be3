package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is what is built and run. */
class DocumentationTest {
  private static final Path STRANGERS = Path.of("src/it/strangers");

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @Test
  void theDataSetOfTheGuideIsTheOneThatIsBuilt() throws IOException {
    String source =
        read(
            STRANGERS.resolve(
                "latin-squares/src/main/java/com/example/latin/LatinSquareProvider.java"));
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains("```java\n" + source + "```");
    assertThat(source.lines()).as("lines of the whole data set").hasSizeLessThan(105);
  }

  @Test
  void thePolicyOfTheGuideIsTheOneThatIsBuilt() throws IOException {
    String source =
        read(
            STRANGERS.resolve(
                "double-answer-policy/src/main/java/com/example/policy/DoubleAnswerPolicy.java"));
    String type = source.substring(source.indexOf("public final class"));
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DoubtPolicy", "DoubtTransition", "SignMomentum"})
  void theTaskOfTheGuideIsTheOneThatIsBuilt(String name) throws IOException {
    String source =
        read(STRANGERS.resolve("doubt-task/src/main/java/com/example/doubt/" + name + ".java"));
    String type = source.substring(source.indexOf("public final class"));
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains("```java\n" + type + "```");
  }

  @Test
  void theServiceOfTheGuideIsTheOneThatIsBuilt() throws IOException {
    String source =
        read(
            STRANGERS.resolve(
                "starter-host/src/main/java/com/example/starter/SolvingService.java"));
    String service = source.substring(source.indexOf("@RestController\n@"));
    assertThat(read(Path.of("../docs/SERVER.md"))).contains("```java\n" + service + "```");
  }
}
