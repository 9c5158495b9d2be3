package org.trm4j.datasets.io.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.datasets.io.report.ExampleCheck;
import org.trm4j.frontend.DataText;

/**
 * The generators of the examples run by themselves, and the page's rules hold for what they make.
 */
class ExamplePuzzlesTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final String FUTOSHIKI =
      "rules=rows,columns:all-different(1234);"
          + " less(<>^v),symmetries=rotations,reflections,arrows(<>^v)";
  private static final String LIGHT_UP =
      "rules=cells(01234):neighbours(L,own); cells(.):sees(L,1-4,.);"
          + " cells(L):sees(L,0,.),symmetries=rotations,reflections";

  @TempDir private Path folder;

  private Path generate(String program, String... arguments) throws Exception {
    File out = folder.resolve(program + ".jsonl").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                EXAMPLES.resolve(program + ".java").toString(),
                arguments[0],
                arguments[1],
                arguments[2])
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).as(program).isZero();
    return out.toPath();
  }

  @Test
  void futoshiki() throws Exception {
    holds(generate("Futoshiki", "4", "120", "3"), FUTOSHIKI, 120, 49);
  }

  @Test
  void lightUp() throws Exception {
    holds(generate("LightUp", "5", "120", "3"), LIGHT_UP, 120, 25);
  }

  private static void holds(Path file, String options, int count, int cells) throws Exception {
    assertThat(Files.readString(Path.of("../docs/YOUR-PUZZLE.md"))).contains(options);
    try (Dataset dataset = DataText.open("grid:" + file + "?" + options + ",testShare=20")) {
      assertThat(dataset.domain().seqLen()).isEqualTo(cells);
      assertThat(dataset.split("train").size() + dataset.split("test").size()).isEqualTo(count);
      assertThat(ExampleCheck.of(dataset, "train")).isEmpty();
      assertThat(ExampleCheck.of(dataset, "test")).isEmpty();
      assertThat(dataset.notes())
          .anyMatch(note -> note.startsWith("symmetries: ") && note.endsWith("by the rules"));
    }
  }
}
