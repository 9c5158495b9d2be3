package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is what is built and run. */
class DocumentationTest {
  private static final Path STRANGERS = Path.of("src/it/strangers");

  /** Returns a text without white space: a page breaks lines where a formatter does not. */
  private static String read(Path file) throws IOException {
    return squashed(Files.readString(file));
  }

  private static String squashed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void theDataSetOfTheGuideIsTheOneThatIsBuilt() throws IOException {
    Path latin =
        STRANGERS.resolve("latin-squares/src/main/java/com/example/latin/LatinSquareProvider.java");
    String source = read(latin);
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains("```java" + source + "```");
    String page = Files.readString(Path.of("../docs/PLUGINS.md"));
    int begin = page.indexOf("package com.example.latin;");
    assertThat(page.substring(begin, page.indexOf("```", begin)).lines())
        .as("lines of the whole data set")
        .hasSizeLessThan(105);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DoubleAnswerPolicy", "Settled"})
  void thePoliciesOfTheGuideAreThoseThatAreBuilt(String name) throws IOException {
    String source =
        read(
            STRANGERS.resolve(
                "double-answer-policy/src/main/java/com/example/policy/" + name + ".java"));
    String type = source.substring(source.indexOf("publicfinalclass"));
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DoubtPolicy", "DoubtTransition", "SignMomentum"})
  void theTaskOfTheGuideIsTheOneThatIsBuilt(String name) throws IOException {
    String source =
        read(STRANGERS.resolve("doubt-task/src/main/java/com/example/doubt/" + name + ".java"));
    String type = source.substring(source.indexOf("publicfinalclass"));
    assertThat(read(Path.of("../docs/PLUGINS.md"))).contains("```java" + type + "```");
  }

  @Test
  void theServiceOfTheGuideIsTheOneThatIsBuilt() throws IOException {
    String source =
        read(
            STRANGERS.resolve(
                "starter-host/src/main/java/com/example/starter/SolvingService.java"));
    String service = source.substring(source.indexOf("@RestController@"));
    assertThat(read(Path.of("../docs/SERVER.md"))).contains("```java" + service + "```");
  }

  /** The dependencies that a page prints are, word for word, those of a project that is built. */
  @ParameterizedTest
  @CsvSource({"SERVER.md, starter-host", "PLUGINS.md, latin-squares"})
  void theDependenciesOfTheGuideAreThoseThatAreBuilt(String page, String project)
      throws IOException {
    String text = Files.readString(Path.of("../docs").resolve(page));
    int begin = text.indexOf("```xml\n") + "```xml\n".length();
    assertThat(begin).as("block of XML in %s", page).isGreaterThan(10);
    assertThat(text.indexOf("```xml\n", begin)).as("a second block of XML").isNegative();
    assertThat(read(STRANGERS.resolve(project).resolve("pom.xml")))
        .contains(squashed(text.substring(begin, text.indexOf("```", begin))));
  }

  @ParameterizedTest
  @CsvSource({
    "LangChain4j, agents-host/src/main/java/com/example/agents/langchain4j/SudokuTools.java",
    "Spring AI, agents-host/src/main/java/com/example/agents/springai/SudokuTools.java"
  })
  void theToolsForAgentsAreThoseThatAreBuilt(String heading, String file) throws IOException {
    String source = read(STRANGERS.resolve(file));
    String block = squashed(block("../docs/AGENTS.md", "## " + heading, 0));
    assertThat(source).endsWith(block);
  }

  /** The blocks of statements: their lines stand one after the other in a method that is run. */
  @ParameterizedTest
  @CsvSource({
    "0, facade-host/src/main/java/com/example/facade/Facade.java",
    "1, facade-host/src/main/java/com/example/facade/Training.java"
  })
  void theStatementsOfTheReadmeAreThoseThatAreBuilt(int number, String file) throws IOException {
    String block = squashed(block("../README.md", "### More of the API", number));
    assertThat(read(STRANGERS.resolve(file))).contains(block.replaceAll("}+$", ""));
  }

  /** Returns the block of Java of that number below a heading. */
  private static String block(String document, String heading, int number) throws IOException {
    String text = Files.readString(Path.of(document));
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
