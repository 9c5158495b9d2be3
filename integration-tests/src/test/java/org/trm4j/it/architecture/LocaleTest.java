package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that the library writes depends on the locale of the machine: in Egypt or Iran {@code %d}
 * writes other digits into headers, files and messages, and in Turkey a capital I loses its dot.
 */
class LocaleTest {
  private static final String TEXT = "\"(?:[^\"\\\\\\n]|\\\\.)*";
  private static final Pattern DEPENDS =
      Pattern.compile(
          // A number in a pattern that formatted() fills in: %s writes the same digits everywhere.
          TEXT
              + "(?<!%)%[-+ 0,(#]*\\d*(?:\\.\\d+)?[dfegEG]"
              + TEXT.substring(1)
              + "\"\\s*\\.formatted\\("
              + "|String\\.format\\(\\s*+(?!Locale\\.ROOT)"
              + "|\\.printf\\(\\s*+(?!Locale\\.ROOT)"
              + "|\\.to(?:Lower|Upper)Case\\(\\)"
              + "|new DecimalFormat\\("
              + "|NumberFormat\\.get\\w*\\(\\)"
              + "|new Scanner\\(");

  private static List<String> dependencies(String source) {
    List<String> found = new ArrayList<>();
    Matcher matcher = DEPENDS.matcher(source);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @Test
  void noSourceDependsOnTheLocale() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file :
          all.filter(f -> f.toString().endsWith(".java"))
              .filter(f -> f.toString().replace('\\', '/').contains("/src/main/java/"))
              .filter(f -> !f.toString().replace('\\', '/').contains("/target/"))
              .toList()) {
        files++;
        dependencies(Files.readString(file))
            .forEach(what -> found.add(root.relativize(file) + ": " + what));
      }
    }
    assertThat(files).isGreaterThan(500);
    assertThat(found)
        .as("write %s for whole numbers, or String.format(Locale.ROOT, ...)")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"shape (%d, %s)\".formatted(rows, width)",
        "\"%.1f MB\"\n    .formatted(size)",
        "\"%-18s %,8d\".formatted(a, b)",
        "String.format(\"%s\", a)",
        "out.printf(\"%s\", a)",
        "name.toLowerCase()",
        "new DecimalFormat(\"0.0\")"
      })
  void findsWhatDepends(String planted) {
    assertThat(dependencies(planted)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"shape (%s, %s)\".formatted(rows, width)",
        "String.format(Locale.ROOT, \"%.1f MB\", size)",
        "String.format(\n        Locale.ROOT, \"%.1f MB\", size)",
        "\"100%% done, %s\".formatted(a)",
        "name.toLowerCase(Locale.ROOT)"
      })
  void letsTheRestPass(String fine) {
    assertThat(dependencies(fine)).isEmpty();
  }
}
