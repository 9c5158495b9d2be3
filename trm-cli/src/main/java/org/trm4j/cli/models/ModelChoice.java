package org.trm4j.cli.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.OptionValue;
import org.trm4j.cli.terminal.Printable;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.frontend.PuzzleText;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.pretrained.PretrainedModel;

/** The model that a command works with: the one that the user names, or one that fits a puzzle. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ModelChoice {
  /** What {@code --model} takes, for help texts. */
  public static final String HELP =
      "A run folder, a model file, or the name of a model in the box (`trm models`).";

  private ModelChoice() {}

  /**
   * A model and what it is called.
   *
   * @param name for people
   * @param saved the model
   * @param others names of the models in the box that take the same puzzles; empty if the user
   *     named this one
   */
  public record Chosen(String name, SavedModel saved, List<String> others) {
    /** Copies the names. */
    public Chosen {
      others = List.copyOf(others);
    }
  }

  /**
   * Reads the model of a run folder or file, or the one in the box that has that name.
   *
   * @param err where it says which model of a run folder that is
   */
  public static SavedModel read(String model, PrintWriter err) {
    if (Files.exists(Path.of(model))) {
      return read(Path.of(model), err);
    }
    List<PretrainedModel> all = Trm.standard().models();
    for (PretrainedModel candidate : all) {
      if (candidate.description().name().equals(model)) {
        return candidate.read();
      }
    }
    throw new CheckpointException(
        "%s: no such file or folder, and no model in the box has that name; there: %s"
            .formatted(
                model,
                all.isEmpty()
                    ? "none"
                    : String.join(", ", all.stream().map(m -> m.description().name()).toList())));
  }

  private static SavedModel read(Path fileOrFolder, PrintWriter err) {
    Path file = ModelFiles.fileOf(fileOrFolder);
    SavedModel model = ModelFiles.read(file);
    if (!file.equals(fileOrFolder) && file.endsWith(ModelFiles.BEST_FILE_NAME)) {
      err.println(
          Printable.line(
              "model: %s, the best evaluated (step %s%s); the last is %s"
                  .formatted(
                      file,
                      model.metadata().getOrDefault("step", "unknown"),
                      exact(model.metadata().getOrDefault("exactAccuracy", "")),
                      fileOrFolder.resolve(ModelFiles.FILE_NAME))));
      err.flush();
    }
    return model;
  }

  /**
   * Returns a model on a grid of another size.
   *
   * @param options of the domain, such as {@code size=12}
   */
  public static SavedModel onGrid(SavedModel model, Map<String, String> options) {
    String id = model.description().domain();
    DatasetProvider dataset = Trm.standard().plugins().datasets().usable().get(id);
    if (dataset == null) {
      throw new CheckpointException(
          "--grid: the model's puzzles are '%s', expected a data set that is installed"
              .formatted(id));
    }
    return OptionValue.of("--grid", () -> model.onGrid(dataset.domain(options)));
  }

  private static String exact(String share) {
    try {
      return String.format(Locale.ROOT, ", exact %.2f%%", 100 * Double.parseDouble(share));
    } catch (NumberFormatException e) {
      return "";
    }
  }

  /**
   * Returns the model in the box whose puzzles have the form of this one.
   *
   * @throws InvalidPuzzleException if none has, or where the one of this size finds the puzzle
   *     wrong
   */
  public static Chosen forPuzzle(String puzzle) {
    Trm trm = Trm.standard();
    Map<String, DatasetProvider> datasets = trm.plugins().datasets().usable();
    Map<String, PretrainedModel> models = new HashMap<>();
    Map<String, PuzzleDomain> domains = new LinkedHashMap<>();
    for (PretrainedModel candidate : trm.models()) {
      PretrainedDescription description = candidate.description();
      DatasetProvider dataset = datasets.get(description.domain());
      if (dataset != null) {
        models.put(description.name(), candidate);
        domains.put(description.name(), dataset.domain(description.domainOptions()));
      }
    }
    String name = PuzzleText.model(trm, domains, puzzle);
    PretrainedModel chosen = Objects.requireNonNull(models.get(name));
    return new Chosen(chosen.toString(), chosen.read(), likeIt(domains, name));
  }

  /** Returns the names of the other models whose puzzles have the form of this one's. */
  private static List<String> likeIt(Map<String, PuzzleDomain> domains, String name) {
    PuzzleDomain domain = Objects.requireNonNull(domains.get(name));
    return domains.entrySet().stream()
        .filter(other -> !other.getKey().equals(name))
        .filter(other -> other.getValue().id().equals(domain.id()))
        .filter(other -> other.getValue().options().equals(domain.options()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
