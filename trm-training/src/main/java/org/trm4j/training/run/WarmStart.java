package org.trm4j.training.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;
import org.trm4j.task.deduction.DeductionStart;
import org.trm4j.task.deduction.DeductionTask;
import org.trm4j.training.TrainingException;

/**
 * A model with which a new run starts instead of random parameters. The run may have other data or
 * another network: parameters with the same name and shape are copied, the others start at random,
 * and everything that does not fit is reported. The optimizer starts fresh.
 *
 * @param model the model; if it was trained, with averaged weights
 * @param name for messages and for the record of the new model's training
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record WarmStart(SavedModel model, String name) {
  /** What tokens mean is the data's: no shape tells it. */
  private static final Set<String> OF_THE_TOKENS =
      Set.of(ParameterLayout.TOKEN_EMBEDDING, ParameterLayout.LM_HEAD);

  /** Reads a model file, or the best model of a run folder. */
  public static WarmStart from(Path fileOrFolder) {
    Path file = ModelFiles.fileOf(fileOrFolder);
    return new WarmStart(ModelFiles.read(file), String.valueOf(file));
  }

  /**
   * The start of a new run.
   *
   * @param parameters all parameters
   * @param notes what does not fit, one line each
   * @param from the model and its training data, one line each
   */
  record StartingValues(ParameterSet parameters, List<String> notes, String from) {}

  /** Copies what fits; throws {@link TrainingException} if nothing does. */
  StartingValues fit(
      ModelDescription target,
      List<ParameterSpec> specs,
      IdentifierNames names,
      ParameterSet random) {
    Map<String, Tensor> found = found(target);
    Map<String, Tensor> chosen = new LinkedHashMap<>(random.tensors());
    List<String> notes = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    Set<String> unused = new TreeSet<>(found.keySet());
    boolean same = sameDomain(model.description(), target);
    boolean sameTokens = sameTokens(model.description(), target);
    int taken = 0;
    for (ParameterSpec spec : specs) {
      Tensor tensor = found.get(spec.name());
      unused.remove(spec.name());
      if (tensor == null) {
        anew.add(spec.name() + " (it has none)");
      } else if (spec.name().equals(ParameterLayout.PUZZLE_EMBEDDING)
          && !IdentifierNames.of(model).sha256().equals(names.sha256())) {
        int rows = rows(tensor, names, spec, random, chosen);
        taken += rows > 0 ? 1 : 0;
        (rows > 0 ? notes : anew)
            .add("%s (%s of %s tasks by name)".formatted(spec.name(), rows, spec.shape().dim(0)));
      } else if (!tensor.shape().equals(spec.shape())) {
        anew.add("%s (it has %s, not %s)".formatted(spec.name(), tensor.shape(), spec.shape()));
      } else if (!same
          && (spec.name().equals(ParameterLayout.PUZZLE_EMBEDDING)
              || (!sameTokens && OF_THE_TOKENS.contains(spec.name())))) {
        anew.add(spec.name() + " (other data)");
      } else {
        chosen.put(spec.name(), tensor);
        taken++;
      }
    }
    if (taken == 0) {
      throw new TrainingException(
          "from %s: none of its parameters fits: %s".formatted(name, String.join(", ", anew)));
    }
    notes.add("from %s: %s of %s parameters".formatted(name, taken, specs.size()));
    if (!same) {
      notes.add(
          "its data was %s %s, this is %s %s"
              .formatted(
                  model.description().domain(),
                  model.description().domainOptions(),
                  target.domain(),
                  target.domainOptions()));
    }
    if (!anew.isEmpty()) {
      notes.add("begin at random: " + String.join(", ", anew));
    }
    if (!unused.isEmpty()) {
      notes.add("have no place here: " + String.join(", ", unused));
    }
    return new StartingValues(new ParameterSet(chosen).finite(), notes, history());
  }

  /** Copies the rows of tasks that both know by name; returns their number. */
  private int rows(
      Tensor table,
      IdentifierNames names,
      ParameterSpec spec,
      ParameterSet random,
      Map<String, Tensor> chosen) {
    List<String> known = IdentifierNames.of(model).names();
    if (table.shape().dim(1) != spec.shape().dim(1)) {
      return 0;
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < known.size(); i++) {
      numbers.putIfAbsent(known.get(i), i);
    }
    int width = Math.toIntExact(table.shape().dim(1));
    float[] values = random.get(spec.name()).toArray();
    int taken = 0;
    for (int row = 0; row < names.names().size(); row++) {
      Integer from = numbers.get(names.names().get(row));
      if (from != null) {
        for (int i = 0; i < width; i++) {
          values[row * width + i] = table.get((long) from * width + i);
        }
        taken++;
      }
    }
    chosen.put(spec.name(), Tensor.of(spec.shape(), values));
    return taken;
  }

  /** The model's parameters; for deduction also those that follow from a plain model's. */
  private Map<String, Tensor> found(ModelDescription target) {
    Map<String, Tensor> own = model.parameters().tensors();
    Optional<PuzzleDomain> domain = target.puzzleDomain();
    boolean plain =
        own.containsKey(ParameterLayout.TOKEN_EMBEDDING)
            && own.containsKey(ParameterLayout.LM_HEAD);
    return plain
            && domain.isPresent()
            && DeductionTask.is(target.task())
            && sameDomain(model.description(), target)
        ? DeductionStart.of(model.parameters(), domain.get().codec()).tensors()
        : own;
  }

  private static boolean sameDomain(ModelDescription one, ModelDescription other) {
    return one.domain().isEmpty()
        || (one.domain().equals(other.domain())
            && one.domainOptions().equals(other.domainOptions()));
  }

  /** Whether tokens mean the same in puzzles of one kind, as in mazes of different sizes. */
  private static boolean sameTokens(ModelDescription one, ModelDescription other) {
    Optional<PuzzleDomain> a = one.puzzleDomain();
    Optional<PuzzleDomain> b = other.puzzleDomain();
    return a.isPresent()
        && b.isPresent()
        && a.get().id().equals(b.get().id())
        && meanings(a.get()).equals(meanings(b.get()));
  }

  /** What each token is called and looks like. */
  private static List<String> meanings(PuzzleDomain domain) {
    PuzzleCodec codec = domain.codec();
    return IntStream.range(0, domain.vocabSize())
        .mapToObj(token ->
            "%s, %s, %s".formatted(codec.symbol(token), codec.meaning(token), codec.blank(token)))
        .toList();
  }

  /** The model's own data, and that of the models it came from itself. */
  private String history() {
    Map<String, String> metadata = model.metadata();
    String own =
        "model of step %s, recipe %s"
            .formatted(
                metadata.getOrDefault("step", "unknown"),
                metadata.getOrDefault("recipe", "unknown"));
    String data =
        metadata
            .getOrDefault("data", "data that it does not name")
            .lines()
            .map(line -> "  trained on " + line)
            .collect(Collectors.joining("\n"));
    String before = metadata.getOrDefault("from", "");
    return own + "\n" + data + (before.isEmpty() ? "" : "\n" + before);
  }
}
