package org.trm4j.mcp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.frontend.PuzzleText;
import org.trm4j.pretrained.PretrainedModel;

/** The models that an agent may use. Each is opened at its first use. */
final class PuzzleModels implements AutoCloseable {
  private final Trm trm = Trm.builder().searchOnce().build();
  private final OpenOptions options;
  private final Map<String, SavedModel> saved = new LinkedHashMap<>();
  private final Map<String, PuzzleDomain> domains = new LinkedHashMap<>();
  private final Map<String, TrmModel> open = new LinkedHashMap<>();

  /**
   * Reads the models.
   *
   * @param locations run folders, model files and names of models in the box, each optionally with
   *     {@code NAME=} before it; if empty, all models in the box
   */
  PuzzleModels(List<String> locations, OpenOptions options) {
    this.options = options;
    List<String> wanted = new ArrayList<>(locations);
    if (wanted.isEmpty()) {
      trm.models().forEach(model -> wanted.add(model.description().name()));
    }
    for (String location : wanted) {
      int equals = location.indexOf('=');
      String place = location.substring(equals + 1);
      String name = equals > 0 ? location.substring(0, equals) : nameOf(place);
      SavedModel model = read(place);
      PuzzleDomain domain = domain(place, model.description());
      if (saved.putIfAbsent(name, model) != null) {
        throw new CheckpointException(
            "--model: two models are named %s; give another name, --model NAME=%s"
                .formatted(name, place));
      }
      domains.put(name, domain);
    }
    if (saved.isEmpty()) {
      throw new CheckpointException(
          "no model: none is in the box; name one with --model RUN_FOLDER_OR_FILE");
    }
  }

  private static String nameOf(String place) {
    Path last = Path.of(place).getFileName();
    return last == null ? place : last.toString().replaceFirst("\\.safetensors$", "");
  }

  private SavedModel read(String place) {
    if (Files.exists(Path.of(place))) {
      return ModelFiles.read(Path.of(place));
    }
    List<String> names = new ArrayList<>();
    for (PretrainedModel model : trm.models()) {
      names.add(model.description().name());
      if (names.getLast().equals(place)) {
        return model.read();
      }
    }
    throw new CheckpointException(
        "--model %s: no such file or folder, and no model in the box has that name; there: %s"
            .formatted(place, names.isEmpty() ? "none" : String.join(", ", names)));
  }

  private PuzzleDomain domain(String place, ModelDescription description) {
    return description
        .puzzleDomain(trm.plugins())
        .orElseThrow(() ->
            new CheckpointException(
                "--model %s: has no puzzle domain here, so an agent cannot ask it by text"
                    .formatted(place)));
  }

  /** Converts a puzzle from the form that an agent pastes to the codec's. */
  String question(PuzzleDomain domain, String pasted) {
    return trm.question(domain, pasted);
  }

  /** Returns the tokens [S] of an answer that an agent pastes. */
  int[] answer(PuzzleDomain domain, String pasted) {
    return trm.answer(domain, pasted);
  }

  /** Returns the puzzle domains by model name. */
  Map<String, PuzzleDomain> domains() {
    return domains;
  }

  /**
   * Returns the name of the model to use.
   *
   * @param name the model that the agent names; null for the one that reads the puzzle
   * @throws InvalidPuzzleException if there is none
   */
  String choose(@Nullable String name, String puzzle) {
    if (name != null) {
      if (!domains.containsKey(name)) {
        throw new InvalidPuzzleException(
            "no model '%s'; there: %s".formatted(name, String.join(", ", domains.keySet())));
      }
      return name;
    }
    return PuzzleText.model(trm, domains, puzzle);
  }

  /** Returns an open model. */
  synchronized TrmModel model(String name) {
    return open.computeIfAbsent(
        name, key -> TrmModel.open(Objects.requireNonNull(saved.get(key)), options));
  }

  @Override
  public synchronized void close() {
    open.values().forEach(TrmModel::close);
    open.clear();
  }
}
