package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published code keeps every rule, and each rule finds a planted violation. */
class ArchitectureTest {
  private static final String PLANTED = ArchitectureTest.class.getPackageName() + ".planted";
  private static final JavaClasses PUBLISHED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/org/trm4j/it/"))
          .importPackages("org.trm4j");
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  static Iterable<String> names() {
    return ArchitectureRules.all("org.trm4j").keySet();
  }

  @Test
  void seesTheWholeLibrary() {
    assertThat(PUBLISHED.size()).as("classes").isGreaterThan(1200);
    for (String type :
        new String[] {
          "org.trm4j.TrmModel",
          "org.trm4j.backend.cpu.CpuScalarProvider",
          "org.trm4j.backend.cpu.CpuVectorProvider",
          "org.trm4j.tck.BackendContract",
          "org.trm4j.datasets.arc.ArcProvider",
          "org.trm4j.datasets.io.sudoku.SudokuFiles",
          "org.trm4j.datasets.maze.MazeProvider",
          "org.trm4j.datasets.sudoku.SudokuProvider",
          "org.trm4j.exchange.CheckpointImport",
          "org.trm4j.cli.TrmMain",
          "org.trm4j.mcp.McpMain",
          "org.trm4j.micrometer.SolveMetrics",
          "org.trm4j.micrometer.TrainingMetrics",
          "org.trm4j.server.TrmServer",
          "org.trm4j.spark.TrmSolver",
          "org.trm4j.spring.boot.TrmAutoConfiguration",
          "org.trm4j.training.run.Trainer"
        }) {
      assertThat(PUBLISHED.contain(type)).as(type).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void keeps(String rule) {
    ArchitectureRules.all("org.trm4j").get(rule).allowEmptyShould(true).check(PUBLISHED);
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsThePlantedViolation(String rule) {
    assertThatThrownBy(() -> ArchitectureRules.all(PLANTED).get(rule).check(VIOLATIONS))
        .as(rule)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(PLANTED);
  }
}
