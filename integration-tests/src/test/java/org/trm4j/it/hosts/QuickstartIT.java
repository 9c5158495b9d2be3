package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README's quickstarts print is what they do, from artifacts alone. */
class QuickstartIT {
  private static final String[] GRID = {"3 2 1 4", "4 1 3 2", "1 4 2 3", "2 3 4 1"};

  @TempDir private Path temp;

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  static String block(String heading, String language) throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int at = readme.indexOf("### " + heading);
    assertThat(at).as("heading %s", heading).isNotNegative();
    String open = "```" + language + "\n";
    int begin = readme.indexOf(open, at);
    assertThat(begin).as("block %s below %s", language, heading).isNotNegative();
    return readme.substring(begin + open.length(), readme.indexOf("```", begin + open.length()));
  }

  private String run(Path input, List<String> command) throws Exception {
    Path out = temp.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended: %s", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(out);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static List<Path> jars() {
    List<Path> jars = Strangers.with("quickstart");
    assertThat(jars)
        .extracting(
            jar -> jar.getFileName().toString().replaceAll("-[0-9]+\\.?[0-9].*|-1\\.jar", ""))
        .containsExactlyInAnyOrder(
            "quickstart",
            "trm-api",
            "trm-backend-cpu",
            "trm-datasets",
            "trm-model-sudoku-4",
            "apiguardian-api",
            "jspecify");
    return jars;
  }

  @Test
  void maven() throws Exception {
    String text =
        run(
            null,
            List.of(
                tool("java").toString(),
                Strangers.VECTOR_FLAG,
                "-cp",
                Strangers.path(jars()),
                "com.example.quickstart.Solve"));
    assertThat(text).contains("Answer: verified").contains(GRID);
  }

  @Test
  void jshell() throws Exception {
    Path script = Files.writeString(temp.resolve("solve.jsh"), block("JShell", "java") + "/exit\n");
    String text =
        run(
            null,
            List.of(
                tool("jshell").toString(),
                "-s",
                "--class-path",
                Strangers.path(Strangers.without(jars(), "quickstart")),
                "-R" + Strangers.VECTOR_FLAG,
                script.toString()));
    assertThat(text).contains("Answer: verified").contains(GRID);
  }

  @Test
  void modulePathAndJlink() throws Exception {
    String onModulePath =
        run(
            null,
            List.of(
                tool("java").toString(),
                Strangers.VECTOR_FLAG,
                "-p",
                Strangers.path(jars()),
                "-m",
                "com.example.quickstart/com.example.quickstart.Solve"));
    assertThat(onModulePath).contains("Answer: verified").contains(GRID);
    Path library = Files.createDirectories(temp.resolve("target/lib"));
    for (Path jar : jars()) {
      Files.copy(jar, library.resolve(jar.getFileName()));
    }
    List<String> command = new ArrayList<>();
    for (String word :
        block("jlink", "").replace("\\\n", " ").strip().lines().toList().getFirst().split("\\s+")) {
      command.add(word.equals("jlink") ? tool("jlink").toString() : word);
    }
    run(null, command);
    Path image = temp.resolve("target/solve");
    String inImage = run(null, List.of(image.resolve("bin/solve").toString()));
    assertThat(inImage).contains("Answer: verified").contains(GRID);
    try (Stream<Path> files = Files.walk(image)) {
      long size =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(size / (1 << 20)).as("MiB of the image").isBetween(20L, 120L);
    }
  }

  /**
   * Gradle is not run here: its distribution is in no Maven repository. It reads the poms that were
   * published, so these are checked: every dependency of the README's block is there or has its
   * version from the platform, and nothing needs a parent or a property.
   */
  @Test
  void gradleFindsWhatItsBlockNames() throws Exception {
    String build = block("Gradle", "kotlin");
    Path repository = Path.of(System.getProperty("trm.maven.repository")).resolve("org/trm4j");
    Matcher platform =
        Pattern.compile("platform\\(\"org.trm4j:trm-bom:([^\"]+)\"\\)").matcher(build);
    assertThat(platform.find()).as(build).isTrue();
    String bom = pom(repository, "trm-bom", platform.group(1));
    Matcher named =
        Pattern.compile("(?:implementation|runtimeOnly)\\(\"org.trm4j:([a-z0-9-]+)\"\\)")
            .matcher(build);
    List<String> artifacts = new ArrayList<>();
    while (named.find()) {
      String artifact = named.group(1);
      Matcher version =
          Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)</version>")
              .matcher(bom);
      assertThat(version.find()).as("%s in the platform", artifact).isTrue();
      // The platform's own version is known to every reader of it.
      String number = version.group(1).replace("${project.version}", platform.group(1));
      String pom = pom(repository, artifact, number);
      assertThat(pom).doesNotContain("<parent>", "${");
      artifacts.add(artifact);
    }
    assertThat(artifacts).containsExactly("trm-backend-cpu", "trm-datasets", "trm-model-sudoku-4");
    assertThat(pom(repository, "trm-backend-cpu", platform.group(1)))
        .containsPattern(
            "<artifactId>trm-api</artifactId>\\s*<version>[^<]+</version>\\s*<scope>compile");
  }

  private static String pom(Path repository, String artifact, String version) throws IOException {
    Path folder = repository.resolve(artifact).resolve(version);
    try (Stream<Path> files = Files.list(folder)) {
      Path pom =
          files
              .filter(file -> file.toString().endsWith(".pom"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no pom in " + folder + File.separator));
      return Files.readString(pom);
    }
  }

  /** The blocks are the files that are built. */
  @Test
  void theBlocksAreWhatIsBuilt() throws IOException {
    Path project = Path.of("src/it/strangers/quickstart");
    String readme = Files.readString(Path.of("../README.md"));
    String pom = Files.readString(project.resolve("pom.xml"));
    String dependencies =
        pom.substring(pom.indexOf("  <dependencies>"), pom.indexOf("</project>")).stripTrailing();
    assertThat(readme).contains(dependencies);
    assertThat(readme)
        .contains(
            Files.readString(project.resolve("src/main/java/com/example/quickstart/Solve.java")))
        .contains(Files.readString(project.resolve("src/main/java/module-info.java")));
  }
}
