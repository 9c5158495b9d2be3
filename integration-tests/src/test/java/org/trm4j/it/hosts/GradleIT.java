package org.trm4j.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's Gradle block, resolved by Gradle's own engine from the artifacts of this build; then
 * the README's program, compiled and run on those class paths. The tasks {@code compileJava} and
 * {@code run} themselves are not: no Maven repository has Gradle's distribution.
 */
@Tag("gradle")
class GradleIT {
  private static final String MAIN = "com.example.quickstart.Solve";

  @TempDir private Path temp;

  private static List<String> dependencies(String block) {
    List<String> dependencies = new ArrayList<>();
    Matcher lines =
        Pattern.compile("^  (implementation|runtimeOnly)\\((platform\\()?\"([^\"]+)\"\\)?\\)$")
            .matcher("");
    for (String line : block.lines().toList()) {
      if (lines.reset(line).matches()) {
        boolean platform = lines.group(2) != null;
        dependencies.add((platform ? "platform" : lines.group(1)) + "=" + lines.group(3));
      }
    }
    return dependencies;
  }

  private static List<String> names(List<String> files) {
    return files.stream()
        .map(file -> Path.of(file).getFileName().toString().replaceAll("-[0-9]+\\.[0-9].*", ""))
        .toList();
  }

  private static List<String> files(HostProcess gradle, String configuration) {
    String start = configuration + "=";
    return gradle.out().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  @Test
  void resolvesCompilesAndRuns() throws Exception {
    String block = QuickstartIT.block("Gradle", "kotlin");
    List<String> dependencies = dependencies(block);
    assertThat(dependencies)
        .hasSize((int) block.lines().filter(l -> l.contains("org.trm4j:")).count());

    List<String> command = new ArrayList<>();
    for (String name : List.of("lang", "lang.invoke", "util", "net", "nio.charset")) {
      command.addAll(List.of("--add-opens", "java.base/java." + name + "=ALL-UNNAMED"));
    }
    command.addAll(
        List.of(
            "-Dmaven.repo.local=" + System.getProperty("trm.maven.repository"),
            "-cp",
            Strangers.path(Strangers.with("gradle-host")),
            "com.example.gradle.GradleHost",
            temp.resolve("gradle").toString(),
            System.getProperty("trm.maven.tail")));
    command.addAll(dependencies);
    HostProcess gradle = HostProcess.java(temp, command).succeeded();
    List<String> compile = files(gradle, "compileClasspath");
    List<String> runtime = files(gradle, "runtimeClasspath");
    assertThat(names(compile)).contains("trm-api").doesNotContain("trm-model-sudoku-4");
    assertThat(names(runtime))
        .containsExactlyInAnyOrder(
            "trm-api",
            "trm-backend-cpu",
            "trm-datasets",
            "trm-model-sudoku-4",
            "apiguardian-api",
            "jspecify");

    Path classes = Files.createDirectories(temp.resolve("classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                String.join(File.pathSeparator, compile),
                "src/it/strangers/quickstart/src/main/java/" + MAIN.replace('.', '/') + ".java");
    assertThat(failed).isZero();
    HostProcess host =
        HostProcess.java(
                temp,
                List.of(
                    Strangers.VECTOR_FLAG,
                    "-cp",
                    classes + File.pathSeparator + String.join(File.pathSeparator, runtime),
                    MAIN))
            .succeeded();
    assertThat(host.out().getFirst()).startsWith("Answer: verified");
  }
}
