package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.cli.terminal.Failures;

class AblateTest {
  @TempDir private Path folder;

  private Run ablate(String policies, String budget) {
    return Run.of(
        "ablate",
        "--data",
        "sudoku:size=4,train=30,test=10",
        "--policies",
        policies,
        "--seeds",
        "1,2",
        "--budget",
        budget,
        "--set",
        "run.batch=4",
        "--set",
        "model.hiddenSize=16",
        "--set",
        "model.puzzleEmbDim=16",
        "--set",
        "halting.maxSteps=2",
        "--out",
        folder.resolve("out"));
  }

  @Test
  void leavesTableAndPlot() throws Exception {
    Run run = ablate("trm,direct(layers=1)", "2");
    assertThat(run.code()).as(run.err()).isZero();
    Path out = folder.resolve("out");
    assertThat(run.out()).contains("2 steps each").contains("direct(layers=1)");
    assertThat(Files.readString(out.resolve("ablation.txt"))).contains("direct(layers=1)");
    assertThat(Files.readAllLines(out.resolve("ablation.csv")))
        .hasSize(5)
        .anySatisfy(line -> assertThat(line).startsWith("trm,1,"))
        .anySatisfy(line -> assertThat(line).startsWith("direct(layers=1),2,"));
    assertThat(Files.readAllBytes(out.resolve("ablation.png")))
        .startsWith(0x89, 'P', 'N', 'G')
        .hasSizeGreaterThan(5_000);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    Run run = ablate("trm(T)", "2");
    assertThat(run.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err().strip())
        .hasLineCount(1)
        .contains("trm(T)", "expected id or id(name=value;name=value)");
    assertThat(ablate("trm", "soon").err()).contains("budget soon", "such as 300");
  }
}
