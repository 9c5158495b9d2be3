package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "LangChain4j, agents-host/src/main/java/com/example/agents/langchain4j/SudokuTools.java",
    "Spring AI, agents-host/src/main/java/com/example/agents/springai/SudokuTools.java"
  })
  void theToolsForAgentsAreThoseThatAreBuilt(String heading, String file) throws IOException {
    String source = read(STRANGERS.resolve(file)).replace("\n\n", "\n");
    String block = block("../docs/AGENTS.md", "## " + heading, 0).replace("\n\n", "\n");
    assertThat(source).endsWith(block);
  }

  /** The blocks of statements: their lines stand one after the other in a method that is run. */
  @ParameterizedTest
  @CsvSource({
    "0, facade-host/src/main/java/com/example/facade/Facade.java",
    "1, facade-host/src/main/java/com/example/facade/Training.java"
  })
  void theStatementsOfTheReadmeAreThoseThatAreBuilt(int number, String file) throws IOException {
    List<String> block = lines(block("../README.md", "### More of the API", number));
    while (block.getLast().equals("}")) {
      block.removeLast();
    }
    assertThat(lines(read(STRANGERS.resolve(file)))).containsSequence(block);
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
  }

  /** Returns the block of Java of that number below a heading. */
  private static String block(String document, String heading, int number) throws IOException {
    String text = read(Path.of(document));
    int at = text.indexOf(heading + "\n");
    assertThat(at).as("%s in %s", heading, document).isNotNegative();
    String open = "```java\n";
    for (int i = 0; i <= number; i++) {
      at = text.indexOf(open, at + 1);
      assertThat(at).as("block %s below %s", i, heading).isNotNegative();
    }
    int begin = at + open.length();
    return text.substring(begin, text.indexOf("```", begin));
  }
}
