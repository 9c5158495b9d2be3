package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.error.TrmException;

/** A host whose class path lacks artifacts is told one after the other which to add. */
class MissingArtifactTest {
  static final class Solve {
    private Solve() {}

    public static void main(String[] args) {
      try (TrmModel model = Trm.standard().pretrained(args[0])) {
        System.out.println("solved: " + model.solve(args[1]).text());
      } catch (TrmException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theArtifactsThatAreNamedAreAllThatIsMissing() throws Exception {
    Map<String, String> artifacts =
        Map.of(
            "trm-model-sudoku-4", "org.trm4j.models.sudoku4.Sudoku4Model",
            "trm-datasets", "org.trm4j.datasets.sudoku.SudokuProvider",
            "trm-backend-cpu", "org.trm4j.backend.cpu.CpuScalarProvider");
    List<String> path =
        new ArrayList<>(
            List.of(place(MissingArtifactTest.class.getName()), place("org.trm4j.Trm")));
    List<String> added = new ArrayList<>();
    String said = "";
    for (int i = 0; i <= artifacts.size() && !said.startsWith("solved: "); i++) {
      said = run(path);
      Matcher advice = Pattern.compile("\\badd .*?org\\.trm4j:([a-z0-9-]+)").matcher(said);
      if (advice.find()) {
        assertThat(artifacts).as(said).containsKey(advice.group(1));
        path.add(place(artifacts.get(advice.group(1))));
        added.add(advice.group(1));
      }
    }
    assertThat(said).as("with " + added).containsPattern("solved: [1-4]{16}");
    assertThat(added).containsExactly("trm-model-sudoku-4", "trm-backend-cpu", "trm-datasets");
  }

  private static String place(String type) throws Exception {
    return Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private static String run(List<String> path) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(System.getProperty("path.separator"), path),
                Solve.class.getName(),
                "sudoku-4",
                "1...............")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
