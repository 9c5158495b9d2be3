package org.trm4j.datasets.io.arc;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.io.json.Json;
import org.trm4j.datasets.io.json.JsonFiles;
import org.trm4j.datasets.io.npy.BuiltFolder;
import org.trm4j.datasets.io.npy.FolderBuild;
import org.trm4j.datasets.io.npy.SplitWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the folder that the published builder makes of tasks: {@code train/}, {@code test/},
 * {@code identifiers.json} and {@code test_puzzles.json}. Nothing is held in memory.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ArcFolder {
  private ArcFolder() {}

  /**
   * Writes the folder, which must be empty or absent.
   *
   * @return examples by split
   */
  public static Map<String, Long> write(ArcDataset dataset, Path folder) {
    FolderBuild.empty(folder);
    Map<String, Long> examples = new LinkedHashMap<>();
    examples.put("train", split(dataset, dataset.train(), folder.resolve("train")));
    examples.put("test", split(dataset, dataset.test(), folder.resolve("test")));
    try {
      identifiers(dataset, folder.resolve(JsonFiles.IDENTIFIERS));
      testPuzzles(dataset.tested(), folder.resolve(JsonFiles.TEST_PUZZLES));
      BuiltFolder.write(folder, dataset.domain());
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be written: %s".formatted(folder, e), e);
    }
    return examples;
  }

  private static long split(ArcDataset dataset, ArcSplit split, Path folder) {
    byte[] tokens = new byte[ArcTokens.SEQ_LEN];
    byte[] labels = new byte[ArcTokens.SEQ_LEN];
    try (SplitWriter writer = new SplitWriter(folder, ArcTokens.SEQ_LEN, ArcTokens.VOCABULARY)) {
      for (int g = 0; g < split.groups(); g++) {
        ArcGroup group = split.groupList().get(g);
        for (int puzzle = 0; puzzle < group.transforms().size(); puzzle++) {
          for (int pair = 0; pair < group.pairs().size(); pair++) {
            split.encode(g, puzzle, pair, tokens, labels);
            writer.example(tokens, labels);
          }
          writer.endPuzzle(group.identifiers()[puzzle]);
        }
        writer.endGroup();
      }
      writer.finish(dataset.puzzleIdentifiers());
      return writer.examples();
    }
  }

  private static void identifiers(ArcDataset dataset, Path file) throws IOException {
    JsonMapper mapper = Json.mapper();
    String before = "[";
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (String name : dataset.identifierNames()) {
        out.write(before + mapper.writeValueAsString(name));
        before = ", ";
      }
      out.write("]");
    }
  }

  private static void testPuzzles(List<ArcTask> tasks, Path file) throws IOException {
    JsonMapper mapper = Json.mapper();
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("{");
      for (int i = 0; i < tasks.size(); i++) {
        ArcTask task = tasks.get(i);
        out.write((i > 0 ? ", " : "") + mapper.writeValueAsString(task.name()) + ": {");
        pairs(
            out,
            task.testFirst() ? "test" : "train",
            task.testFirst() ? task.test() : task.train());
        out.write(", ");
        pairs(
            out,
            task.testFirst() ? "train" : "test",
            task.testFirst() ? task.train() : task.test());
        out.write("}");
      }
      out.write("}");
    }
  }

  private static void pairs(Writer out, String name, List<ArcPair> pairs) throws IOException {
    out.write("\"" + name + "\": [");
    for (int i = 0; i < pairs.size(); i++) {
      out.write(i > 0 ? ", {\"input\": " : "{\"input\": ");
      ArcSubmission.grid(out, pairs.get(i).input());
      out.write(", \"output\": ");
      ArcSubmission.grid(out, pairs.get(i).output());
      out.write("}");
    }
    out.write("]");
  }
}
