package org.trm4j.datasets.io.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.arc.ArcAugmentations;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.arc.ArcTransform;
import org.trm4j.datasets.io.json.JsonFiles;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.npy.NpySplit;

/** The published builder and evaluator on the same tasks. */
class ArcGoldenTest {
  private static final Path AUG0 = Golden.FOLDER.resolve("built-aug0");
  private static final Path AUG8 = Golden.FOLDER.resolve("built-aug8");
  private static final Path EVALUATED = Golden.FOLDER.resolve("evaluated-aug8");

  @TempDir private Path folder;

  private Path build(int augmentations) {
    Path out = folder.resolve("built" + augmentations);
    try (Dataset dataset = Golden.source(augmentations)) {
      ArcFolder.write((ArcDataset) dataset.unwrap(), out);
    }
    return out;
  }

  @Test
  void withoutAugmentationTheFolderIsThePublishedOne() {
    Path out = build(0);
    for (String split : new String[] {"train", "test"}) {
      assertThat(Golden.puzzles(out, split)).as(split).isEqualTo(Golden.puzzles(AUG0, split));
      assertThat(NpyMetadata.read(out.resolve(split)))
          .isEqualTo(NpyMetadata.read(AUG0.resolve(split)));
      assertThat(JsonFiles.read(out.resolve(split).resolve("dataset.json")))
          .isEqualTo(JsonFiles.read(AUG0.resolve(split).resolve("dataset.json")));
    }
    assertThat(JsonFiles.identifiers(out.resolve("identifiers.json")))
        .containsExactlyInAnyOrderElementsOf(
            JsonFiles.identifiers(AUG0.resolve("identifiers.json")));
    assertThat(JsonFiles.read(out.resolve("test_puzzles.json")))
        .isEqualTo(JsonFiles.read(AUG0.resolve("test_puzzles.json")));
  }

  /** Nothing is moved in the test split: tokens are equal, not only grids. */
  @Test
  void testExamplesAreEqualTokenByToken() {
    Map<String, List<int[]>> expected = new TreeMap<>();
    NpySplit golden = NpySplit.open(AUG0.resolve("test"));
    List<String> names = JsonFiles.identifiers(AUG0.resolve("identifiers.json"));
    for (int i = 0; i < golden.size(); i++) {
      expected
          .computeIfAbsent(names.get(golden.get(i).puzzleIdentifier()), n -> new ArrayList<>())
          .add(golden.get(i).tokens());
      expected
          .get(names.get(golden.get(i).puzzleIdentifier()))
          .add(Golden.padded(golden.get(i).labels()));
    }
    try (Dataset dataset = Golden.source(0)) {
      ArcSplit test = ((ArcDataset) dataset.unwrap()).test();
      assertThat(test.size()).isEqualTo(golden.size());
      Map<String, Integer> seen = new HashMap<>();
      for (int i = 0; i < test.size(); i++) {
        int at = seen.merge(test.name(i), 2, Integer::sum) - 2;
        assertThat(test.get(i).tokens()).isEqualTo(expected.get(test.name(i)).get(at));
        assertThat(Golden.padded(test.get(i).labels()))
            .isEqualTo(expected.get(test.name(i)).get(at + 1));
      }
    }
  }

  @Test
  void publishedIdentifiersDecodeToTheOriginals() {
    for (String split : new String[] {"train", "test"}) {
      Map<String, List<ArcPair>> originals = Golden.puzzles(AUG0, split);
      Map<String, List<ArcPair>> augmented = Golden.puzzles(AUG8, split);
      assertThat(augmented).hasSize(9 * originals.size());
      augmented.forEach((name, pairs) -> {
        ArcTransform transform = ArcTransform.of(name);
        List<ArcPair> undone =
            pairs.stream()
                .map(p -> new ArcPair(transform.undo(p.input()), transform.undo(p.output())))
                .toList();
        assertThat(undone).as(name).isEqualTo(originals.get(ArcTransform.taskOf(name)));
        if (name.contains("|||")) {
          assertThat(transform.name(ArcTransform.taskOf(name))).isEqualTo(name);
        }
      });
    }
  }

  @Test
  void ourAugmentedFolderHasTheSameCountsAndDecodes() {
    Path out = build(8);
    for (String split : new String[] {"train", "test"}) {
      assertThat(JsonFiles.read(out.resolve(split).resolve("dataset.json")))
          .isEqualTo(JsonFiles.read(AUG8.resolve(split).resolve("dataset.json")));
      assertThat(NpySplit.open(out.resolve(split)).size())
          .isEqualTo(NpySplit.open(AUG8.resolve(split)).size());
      Map<String, List<ArcPair>> originals = Golden.puzzles(AUG0, split);
      Map<String, List<ArcPair>> ours = Golden.puzzles(out, split);
      ours.forEach((name, pairs) -> {
        ArcTransform transform = ArcTransform.of(name);
        assertThat(pairs.stream().map(p -> transform.undo(p.input())).toList())
            .isEqualTo(
                originals.get(ArcTransform.taskOf(name)).stream().map(ArcPair::input).toList());
      });
    }
  }

  @Test
  void theEvaluatorGivesThePublishedFiguresAndSubmission() throws IOException {
    try (Dataset dataset = new ArcFiles().open(AUG8, Map.of())) {
      Evaluator evaluator = dataset.evaluator("test");
      ExampleSource test = dataset.split("test");
      Checkpoint predictions = SafetensorsReader.read(EVALUATED.resolve("predictions.safetensors"));
      float[] inputs = values(predictions, "inputs");
      float[] answers = values(predictions, "preds");
      float[] halts = values(predictions, "q_halt_logits");
      assertThat(test.size()).isEqualTo(halts.length);
      for (int i = halts.length - 1; i >= 0; i--) {
        assertThat(test.get(i).tokens()).isEqualTo(row(inputs, i));
        evaluator.accept(i, row(answers, i), halts[i]);
      }
      evaluator.write(folder);
      Map<String, Double> expected = new TreeMap<>();
      JsonFiles.read(EVALUATED.resolve("result.json"))
          .properties()
          .forEach(e -> expected.put(e.getKey(), e.getValue().doubleValue()));
      assertThat(expected).hasSize(6);
      assertThat(new TreeMap<>(evaluator.report())).isEqualTo(expected);
      assertThat(JsonFiles.read(folder.resolve("result.json")))
          .isEqualTo(JsonFiles.read(EVALUATED.resolve("result.json")));
      assertThat(folder.resolve("submission.json"))
          .hasSameTextualContentAs(EVALUATED.resolve("submission.json"));
      assertThat(Files.size(folder.resolve("submission.json")))
          .isEqualTo(Files.size(EVALUATED.resolve("submission.json")));
    }
  }

  private static float[] values(Checkpoint checkpoint, String name) {
    return checkpoint.tensors().get(name).toArray();
  }

  private static int[] row(float[] values, int row) {
    int[] tokens = new int[ArcTokens.SEQ_LEN];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) values[row * tokens.length + i];
    }
    return tokens;
  }

  /**
   * Train and test pairs together differ; one of them alone may be equal under two augmentations.
   */
  @Test
  void aTaskIsAugmentedInDifferentWays() {
    List<ArcTask> tasks =
        new ArcReader(true, false, new ArrayList<>())
            .read(
                List.of(Golden.FOLDER.resolve("source/arc-agi_evaluation_challenges.json")),
                "evaluation");
    assertThat(tasks).hasSize(12);
    for (ArcTask task : tasks) {
      Set<String> forms = new HashSet<>();
      List<ArcTransform> transforms = new ArcAugmentations(40, 3).of(task);
      for (ArcTransform transform : transforms) {
        forms.add(
            Arrays.toString(
                task.pairs().stream()
                    .map(p -> transform.apply(p.input()) + ">" + transform.apply(p.output()))
                    .sorted()
                    .toArray()));
      }
      assertThat(transforms).hasSize(41).startsWith(ArcTransform.IDENTITY);
      assertThat(forms).as(task.name()).hasSize(41);
    }
  }

  /** A task without colours, of one cell, has no augmentation that changes it. */
  @Test
  void aSymmetricTaskHasFewerAugmentations() {
    ArcPair black = new ArcPair(ArcGrid.of(new int[] {0}), ArcGrid.of(new int[] {0}));
    ArcTask task = new ArcTask("black", List.of(black), List.of(black), false);
    assertThat(new ArcAugmentations(8, 1).of(task)).containsExactly(ArcTransform.IDENTITY);
  }
}
