package org.trm4j.datasets.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.io.report.DatasetReport;
import org.trm4j.datasets.io.report.ExampleCheck;

/** The plug-in that docs/DATASETS.md shows compiles, in under 100 lines, and works. */
class DocumentedPluginTest {
  private static final Pattern CODE = Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL);
  private static final String IMPORTS =
      "import java.nio.file.Path; import java.util.*; import java.util.stream.Collectors;"
          + " import org.trm4j.dataset.spi.*; import org.trm4j.datasets.*;";

  @TempDir private Path folder;

  @Test
  void isAWholePlugIn() throws Exception {
    String page = Files.readString(Path.of("../docs/DATASETS.md"));
    Matcher code = CODE.matcher(page);
    int lines = 0;
    for (String name : List.of("LatinProvider", "LatinDomain")) {
      assertThat(code.find()).as(name).isTrue();
      lines += (int) code.group(1).lines().filter(line -> !line.isBlank()).count();
      Files.writeString(
          folder.resolve(name + ".java"),
          code.group(1).replace("package example.latin;", "package example.latin; " + IMPORTS));
    }
    assertThat(lines).isLessThan(100);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                folder.resolve("LatinProvider.java").toString(),
                folder.resolve("LatinDomain.java").toString());
    assertThat(failed).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      DatasetProvider provider =
          (DatasetProvider)
              loader.loadClass("example.latin.LatinProvider").getConstructor().newInstance();
      try (Dataset dataset = provider.generate(Map.of("train", "50", "test", "20"))) {
        assertThat(ExampleCheck.of(dataset, "train")).isEmpty();
        assertThat(ExampleCheck.of(dataset, "test")).isEmpty();
        assertThat(DatasetReport.of(dataset, 0).leaks()).isZero();
        Example example = dataset.trainingStream(1, true).next();
        int[] answer = example.labels().clone();
        answer[0] = answer[0] == 2 ? 3 : 2;
        assertThat(
                dataset
                    .domain()
                    .verifier()
                    .orElseThrow()
                    .verify(example.tokens(), answer)
                    .correct())
            .isFalse();
      }
    }
  }
}
