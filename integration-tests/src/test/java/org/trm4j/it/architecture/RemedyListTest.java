package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A message that advises something false is worse than none. Every message with advice stands in
 * {@code remedies.txt} with the test that follows it, or with what that would take.
 */
class RemedyListTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//[^\\n]*$", Pattern.DOTALL);
  private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*+)\"");
  private static final Pattern TEXT =
      Pattern.compile(PART.pattern() + "(?:\\s*+\\+\\s*+" + PART.pattern() + ")*+");
  private static final String VERBS =
      "(?:set|use|name|ask|write|add|pass|install|start|run|give|choose|try|leave|take|open|remove"
          + "|rename|save|unpack|lower|raise|make|put|export|begin|mount|allow|clear|call|copy"
          + "|import|move|manage|load|see|train|go on|stop|read|evaluate|resume|repeat|turn|declare"
          + "|generate|build|map|order|solve)\\b";
  private static final Pattern ADVICE = Pattern.compile("(?:; |: |, or |; or )" + VERBS);
  // Their texts are what to do, without what is wrong before it.
  private static final Pattern WHOLE = Pattern.compile("^" + VERBS);
  private static final Set<String> REMEDIES_ALONE =
      Set.of(
          "CpuAmxProvider",
          "CpuScalarProvider",
          "CpuVectorProvider",
          "AmxSupport",
          "TornadoRuntimeCheck",
          "DeviceCheck",
          "Divergence");

  private record Message(String type, String text) {}

  private record Entry(String type, String piece, String how) {
    boolean holds(Message message) {
      return message.type().equals(type) && message.text().contains(piece);
    }
  }

  private static final List<Message> MESSAGES = new ArrayList<>();
  private static final List<Entry> LIST = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (Map.Entry<String, String> source : sources("/src/main/java/").entrySet()) {
      MESSAGES.addAll(advice(source.getKey(), source.getValue()));
    }
    try (var in = RemedyListTest.class.getResourceAsStream("remedies.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] parts = line.split(" \\| ", -1);
        if (!line.startsWith("#")) {
          assertThat(parts).as(line).hasSize(3);
          LIST.add(new Entry(parts[0], parts[1], parts[2]));
        }
      }
    }
  }

  private static Map<String, String> sources(String place) throws IOException {
    Map<String, String> found = new TreeMap<>();
    Predicate<String> ours =
        file ->
            file.endsWith(".java")
                && file.contains(place)
                && !file.contains("/target/")
                && !file.contains("/src/it/")
                && !file.contains("/benchmarks/")
                && (!file.contains("/trm-tck/src/main/") || place.contains("trm-tck"));
    List<Path> folders;
    try (Stream<Path> all = Files.find(ROOT, 3, (f, a) -> a.isDirectory() && f.endsWith("src"))) {
      folders = all.toList();
    }
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(f -> ours.test(f.toString().replace('\\', '/'))).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          found.merge(name, Files.readString(file), (one, other) -> one + "\n" + other);
        }
      }
    }
    return found;
  }

  private static List<Message> advice(String type, String source) {
    List<Message> found = new ArrayList<>();
    Matcher texts = TEXT.matcher(COMMENT.matcher(source).replaceAll(""));
    while (texts.find()) {
      StringBuilder joined = new StringBuilder();
      PART.matcher(texts.group()).results().forEach(part -> joined.append(part.group(1)));
      String text = joined.toString();
      if (ADVICE.matcher(text).find()
          || (REMEDIES_ALONE.contains(type) && WHOLE.matcher(text).find())) {
        found.add(new Message(type, text));
      }
    }
    return found;
  }

  @Test
  void everyMessageWithAdviceIsListed() {
    assertThat(MESSAGES).hasSizeGreaterThan(100);
    assertThat(
            MESSAGES.stream()
                .filter(message -> LIST.stream().noneMatch(entry -> entry.holds(message))))
        .as("write a test that follows what it advises, and a line in remedies.txt")
        .isEmpty();
    assertThat(LIST.stream().filter(entry -> MESSAGES.stream().noneMatch(entry::holds)))
        .as("lines without a message")
        .isEmpty();
  }

  @Test
  void theTestsAreThere() throws IOException {
    Map<String, String> tests = new HashMap<>(sources("/src/test/java/"));
    int followed = 0;
    for (Entry entry : LIST) {
      String how = entry.how();
      if (how.equals("no advice") || how.startsWith("needs ")) {
        continue;
      }
      followed += how.startsWith("said by ") ? 0 : 1;
      String[] test = how.replace("said by ", "").split("#", -1);
      assertThat(test).as(how).hasSize(2);
      assertThat(tests.getOrDefault(test[0], "")).as(how).contains("void " + test[1] + "(");
    }
    assertThat(followed).as("messages that are followed").isGreaterThan(95);
  }

  /** In docs/RELIABILITY.md: a class, or a class and a method. */
  @Test
  void theTestsThatTheDocumentNamesAreThere() throws IOException {
    Map<String, String> tests = sources("/src/test/java/");
    tests.putAll(sources("/trm-tck/src/main/java/"));
    Matcher names =
        Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))(?:\\.(\\w+))?`")
            .matcher(Files.readString(ROOT.resolve("docs/RELIABILITY.md")));
    int found = 0;
    while (names.find()) {
      String source = tests.getOrDefault(names.group(1), "");
      assertThat(source).as(names.group(1)).isNotEmpty();
      if (names.group(2) != null) {
        assertThat(source).as(names.group()).contains("void " + names.group(2) + "(");
      }
      found++;
    }
    assertThat(found).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new X(\"%s: is full; empty\" + \" it\");  throw new X(\"a: b; use\" + \" c\");",
        "\"is there already, or choose another\"",
        "\"no backend: add one\"",
      })
  void findsAdvice(String planted) {
    assertThat(advice("Any", planted)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"// \"a; use b\"", "/* \"a; use b\" */", "\"used: 3 of 4; named\""})
  void letsTheRestPass(String text) {
    assertThat(advice("Any", text)).isEmpty();
  }
}
