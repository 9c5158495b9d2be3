package org.trm4j.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.Answer;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.training.json.Json;

/** Writes a self-contained HTML page that replays drafts cell by cell. */
final class ReplayPage {
  private static final String PLACE = "/*DATA*/";

  private ReplayPage() {}

  static void write(PuzzleDomain domain, List<Answer> answers, Path file) throws IOException {
    PuzzleCodec codec = domain.codec();
    List<Map<String, Object>> puzzles = new ArrayList<>();
    for (Answer answer : answers) {
      Map<String, Object> puzzle = new LinkedHashMap<>();
      puzzle.put("question", symbols(codec, answer.question()));
      puzzle.put(
          "drafts", answer.drafts().stream().map(draft -> symbols(codec, draft.tokens())).toList());
      puzzle.put("confidence", answer.drafts().stream().map(draft -> draft.confidence()).toList());
      puzzle.put("verified", answer.verified());
      puzzles.add(puzzle);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("grid", codec.grid());
    data.put("puzzles", puzzles);
    try (InputStream in = ReplayPage.class.getResourceAsStream("replay.html")) {
      if (in == null) {
        throw new IOException("replay.html is not in this build");
      }
      String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // A closing tag inside the data would end the script.
      String json = Json.mapper().writeValueAsString(data).replace("</", "<\\/");
      Files.writeString(file, page.replace(PLACE, json));
    }
  }

  private static List<String> symbols(PuzzleCodec codec, int[] tokens) {
    List<String> symbols = new ArrayList<>();
    for (int token : tokens) {
      symbols.add(codec.blank(token) ? "" : codec.symbol(token));
    }
    return symbols;
  }
}
