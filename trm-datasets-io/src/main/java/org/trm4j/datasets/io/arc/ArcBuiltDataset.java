package org.trm4j.datasets.io.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.arc.ArcDomain;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.io.json.JsonFiles;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.npy.NpySplit;
import org.trm4j.datasets.support.NoEvaluator;
import tools.jackson.databind.JsonNode;

/** A folder that the published builder, or ours, has made. */
final class ArcBuiltDataset implements Dataset {
  private final Path folder;
  private final NpyDataset arrays;

  private ArcBuiltDataset(Path folder, NpyDataset arrays) {
    this.folder = folder;
    this.arrays = arrays;
  }

  static boolean accepts(Path folder) {
    Path split = NpyDataset.anySplit(folder);
    if (split == null) {
      return false;
    }
    NpyMetadata metadata = NpyMetadata.read(split);
    return metadata.seqLen() == ArcTokens.SEQ_LEN && metadata.vocabSize() == ArcTokens.VOCABULARY;
  }

  static ArcBuiltDataset open(Path folder) {
    return new ArcBuiltDataset(folder, NpyDataset.open(folder, new ArcDomain()));
  }

  @Override
  public PuzzleDomain domain() {
    return arrays.domain();
  }

  @Override
  public int puzzleIdentifiers() {
    return arrays.puzzleIdentifiers();
  }

  @Override
  public List<String> identifierNames() {
    Path names = file(JsonFiles.IDENTIFIERS);
    return names == null ? List.of() : JsonFiles.identifiers(names);
  }

  @Override
  public Set<String> splits() {
    return arrays.splits();
  }

  @Override
  public ExampleSource split(String name) {
    return arrays.split(name);
  }

  /** The folder's examples are where the builder moved them; they are not moved again. */
  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    return arrays.trainingStream(seed, false);
  }

  @Override
  public Evaluator evaluator(String split) {
    Path names = file(JsonFiles.IDENTIFIERS);
    Path tasks = file(JsonFiles.TEST_PUZZLES);
    if (!split.equals("test")) {
      return new NoEvaluator();
    }
    if (names == null || tasks == null) {
      throw new DatasetException(
          "%s: %s and %s are needed to evaluate by votes"
              .formatted(folder, JsonFiles.IDENTIFIERS, JsonFiles.TEST_PUZZLES));
    }
    List<String> identifiers = JsonFiles.identifiers(names);
    if (identifiers.size() < arrays.puzzleIdentifiers()) {
      throw new DatasetException(
          "%s: %s names, expected %s"
              .formatted(names, identifiers.size(), arrays.puzzleIdentifiers()));
    }
    return new ArcEvaluator(new Examples(arrays.split(split), identifiers), tasks(tasks));
  }

  /** Returns a file of the folder, or of the one above it where only a split was opened. */
  private @Nullable Path file(String name) {
    Path here = folder.resolve(name);
    Path above = folder.toAbsolutePath().resolveSibling(name);
    return Files.isRegularFile(here) ? here : Files.isRegularFile(above) ? above : null;
  }

  static List<ArcTask> tasks(Path file) {
    List<ArcTask> tasks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : JsonFiles.read(file).properties()) {
      try {
        tasks.add(ArcJson.task(entry.getKey(), entry.getValue(), null, true));
      } catch (DatasetException e) {
        throw new DatasetException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }
    return tasks;
  }

  private record Examples(NpySplit split, List<String> identifiers) implements ArcExamples {
    @Override
    public String name(int index) {
      return identifiers.get(split.identifier(index));
    }

    @Override
    public int[] input(int index) {
      return split.get(index).tokens();
    }
  }

  @Override
  public List<String> notes() {
    return arrays.notes();
  }

  @Override
  public void close() {
    arrays.close();
  }
}
