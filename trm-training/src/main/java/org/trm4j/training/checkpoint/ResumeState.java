package org.trm4j.training.checkpoint;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.FormatVersion;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.dataset.spi.Example;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.training.TrainingException;
import org.trm4j.training.log.MetricsWindow;
import org.trm4j.training.slots.TrainingSlots;

/**
 * Everything that a run needs to continue exactly: raw weights, optimizer state, and each slot's
 * example, steps and latent states. Random draws depend only on the seed and the counters.
 *
 * @param counters the progress of the run
 * @param config the run's configuration as JSON; empty in files of the first version
 * @param device the device of the run; empty in files of the first version
 * @param data what it is trained on, as {@link DataIdentity} says it; empty if that is not known
 * @param from the model that it began with, as {@link RunIdentity} says it
 * @param tensors the rest, by name
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record ResumeState(
    RunCounters counters,
    String config,
    String device,
    String data,
    String from,
    ParameterSet tensors) {
  /** Raised when an older version would misread a written file. */
  private static final int FORMAT = 1;

  private static final String WEIGHTS = "weights.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String CARRY = "carry.";
  private static final String DRAWS = "slots.example_draws";
  private static final String MEMORY = "slots.memory.";
  private static final String SLOTS = "slots.";

  /** A tensor with one number, in place of the slots' tensors. */
  private static final String ANEW = "slots_anew";

  public static ResumeState of(
      RunCounters counters,
      RunIdentity identity,
      Plan plan,
      ParameterSet parameters,
      TrainingSession session,
      TrainingSlots slots) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.tensors().forEach((name, t) -> tensors.put(WEIGHTS + name, t));
    session.optimizerState().tensors().forEach((name, t) -> tensors.put(OPTIMIZER + name, t));
    int batch = slots.count();
    for (Buffer state : plan.stateBuffers()) {
      int size = plan.config().length() * plan.config().hiddenSize();
      for (int slot = 0; slot < batch; slot++) {
        float[] values = new float[size];
        session.state(state.name(), slot, values);
        tensors.put(carry(state, slot), Tensor.of(Shape.of(size), values));
      }
    }
    int seqLen = plan.config().seqLen();
    float[] tokens = new float[batch * seqLen];
    float[] labels = new float[batch * seqLen];
    float[] rows = new float[batch * 3];
    for (int slot = 0; slot < batch; slot++) {
      Example example = slots.example(slot);
      for (int i = 0; i < seqLen; i++) {
        tokens[slot * seqLen + i] = WholeNumbers.exact("token", example.tokens()[i]);
        labels[slot * seqLen + i] = WholeNumbers.exact("label", example.labels()[i]);
      }
      rows[slot * 3] = WholeNumbers.exact("puzzle identifier", example.puzzleIdentifier());
      rows[slot * 3 + 1] = WholeNumbers.exact("step count", slots.steps(slot));
      rows[slot * 3 + 2] = slots.halted(slot) ? 1 : 0;
    }
    tensors.put(DRAWS, SlotCounters.of(slots));
    List<float[]> memories = slots.memories();
    for (int slot = 0; slot < memories.size(); slot++) {
      float[] memory = memories.get(slot);
      tensors.put(MEMORY + slot, Tensor.of(Shape.of(memory.length), memory));
    }
    tensors.put("slots.tokens", Tensor.of(Shape.of(batch, seqLen), tokens));
    tensors.put("slots.labels", Tensor.of(Shape.of(batch, seqLen), labels));
    tensors.put("slots.identifier_steps_halted", Tensor.of(Shape.of(batch, 3), rows));
    return new ResumeState(
        counters,
        identity.json(),
        identity.device(),
        identity.data(),
        identity.from(),
        new ParameterSet(tensors));
  }

  /**
   * Returns the state without the slots; a run resumed from it gives every slot a new example.
   * Moments are rounded to BF16 when it is written; weights and averages are unchanged.
   */
  public ResumeState compact() {
    Map<String, Tensor> kept = new LinkedHashMap<>();
    tensors
        .tensors()
        .forEach((name, tensor) -> {
          if (!name.startsWith(CARRY) && !name.startsWith(SLOTS)) {
            kept.put(name, tensor);
          }
        });
    kept.put(ANEW, Tensor.of(Shape.of(1), 1));
    return new ResumeState(counters, config, device, data, from, new ParameterSet(kept));
  }

  /** Returns whether slots start with new examples. */
  public boolean isCompact() {
    return tensors.tensors().containsKey(ANEW);
  }

  private boolean isRounded(String name) {
    return isCompact() && (name.startsWith(OPTIMIZER + "m.") || name.startsWith(OPTIMIZER + "v."));
  }

  public void write(Path file) {
    SafetensorsWriter.write(
        file,
        new Checkpoint(
            tensors,
            Map.ofEntries(
                entry("format", Integer.toString(FORMAT)),
                entry("config", config),
                entry("device", device),
                entry("data", data),
                entry("from", from),
                entry("step", Long.toString(counters.step())),
                entry("examples", Long.toString(counters.examples())),
                entry("stream", counters.stream()),
                entry("seconds", Double.toString(counters.seconds())),
                entry("window", counters.window()),
                entry("windowSeconds", Double.toString(counters.windowSeconds())),
                entry("lossMean", Double.toString(counters.lossMean())),
                entry("lossLowest", Double.toString(counters.lossLowest())))),
        this::isRounded);
  }

  public static ResumeState read(Path file) {
    Checkpoint checkpoint = SafetensorsReader.read(file);
    Map<String, String> metadata = checkpoint.metadata();
    try {
      FormatVersion.check(
          file.toString(), Long.valueOf(metadata.getOrDefault("format", "1")), FORMAT);
      String window = metadata.getOrDefault("window", "");
      MetricsWindow.restore(window);
      return new ResumeState(
          new RunCounters(
              Long.parseLong(metadata.getOrDefault("step", "")),
              Long.parseLong(metadata.getOrDefault("examples", "")),
              metadata.getOrDefault("stream", ""),
              Double.parseDouble(metadata.getOrDefault("seconds", "")),
              window,
              Double.parseDouble(metadata.getOrDefault("windowSeconds", "")),
              Double.parseDouble(metadata.getOrDefault("lossMean", "NaN")),
              Double.parseDouble(metadata.getOrDefault("lossLowest", "Infinity"))),
          metadata.getOrDefault("config", ""),
          metadata.getOrDefault("device", ""),
          metadata.getOrDefault("data", ""),
          metadata.getOrDefault("from", ""),
          checkpoint.tensors());
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          "%s: not the resume state of a run: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the configuration that a resume file keeps, as JSON; empty if it keeps none. */
  public static String config(Path file) {
    return SafetensorsReader.read(file).metadata().getOrDefault("config", "");
  }

  /**
   * Throws {@link TrainingException} where a value is NaN or infinite: such a state is never
   * written over a good one.
   */
  public void checkFinite(Supplier<String> advice) {
    tensors
        .notFinite()
        .ifPresent(wrong -> {
          throw new TrainingException(
              "training step %s: %s; %s".formatted(counters.step(), wrong, advice.get()));
        });
  }

  public ParameterSet weights() {
    return under(WEIGHTS);
  }

  /**
   * Throws {@link TrainingException} where the file does not fit the model and the number of slots;
   * before anything is made that is as large as they say.
   */
  public void check(Plan plan, int batch) {
    if (!isCompact()) {
      checkSlots(plan, batch);
    }
    long step = counters.step();
    long examples = counters.examples();
    // Each time that slots start anew a batch more is taken.
    long most = isCompact() ? Long.MAX_VALUE / batch : 2 * step + 1;
    if (step < 0 || step > Integer.MAX_VALUE || examples < 0 || examples / batch > most) {
      throw new TrainingException(
          "resume: %s examples in %s steps of %s slots, expected at most one a slot and step"
              .formatted(examples, step, batch));
    }
    try {
      weights().matching(plan.parameters()).finite();
      under(OPTIMIZER).matching(optimizerSpecs(plan));
    } catch (IllegalArgumentException e) {
      throw new TrainingException("resume: " + e.getMessage(), e);
    }
  }

  private void checkSlots(Plan plan, int batch) {
    int seqLen = plan.config().seqLen();
    Tensor rows = of("slots.identifier_steps_halted");
    if (!rows.shape().equals(Shape.of(batch, 3))) {
      throw new TrainingException(
          "resume: the run has %s slots, expected %s (run.batch cannot change)"
              .formatted(rows.shape().size() / 3, batch));
    }
    expect("slots.tokens", Shape.of(batch, seqLen));
    expect("slots.labels", Shape.of(batch, seqLen));
    for (Buffer state : plan.stateBuffers()) {
      for (int slot = 0; slot < batch; slot++) {
        expect(
            carry(state, slot),
            Shape.of((long) plan.config().length() * plan.config().hiddenSize()));
      }
    }
    if (tensors.tensors().containsKey(DRAWS)
        || plan.states().stream().anyMatch(state -> state.stored() == null)) {
      expect(DRAWS, Shape.of(batch, SlotCounters.COLUMNS));
    }
  }

  /** As {@link TrainingSession#optimizerState} names them. */
  private static List<ParameterSpec> optimizerSpecs(Plan plan) {
    return Stream.of("m.", "v.", "ema.")
        .flatMap(prefix ->
            plan.parameters().stream()
                .filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED)
                .map(spec ->
                    new ParameterSpec(prefix + spec.name(), spec.shape(), spec.kind(), 0, 0)))
        .toList();
  }

  private void expect(String name, Shape shape) {
    if (!of(name).shape().equals(shape)) {
      throw new TrainingException(
          "resume: %s has shape %s, expected %s".formatted(name, of(name).shape(), shape));
    }
  }

  private Tensor of(String name) {
    Tensor tensor = tensors.tensors().get(name);
    if (tensor == null) {
      throw new TrainingException("resume: %s is missing".formatted(name));
    }
    return tensor;
  }

  /** Restores the optimizer, and slots and latent states unless slots start anew. */
  public void restore(Plan plan, TrainingSession session, TrainingSlots slots) {
    session.restoreOptimizerState(under(OPTIMIZER));
    if (isCompact()) {
      return;
    }
    int batch = slots.count();
    int seqLen = plan.config().seqLen();
    Tensor rows = of("slots.identifier_steps_halted");
    List<Example> examples = new ArrayList<>();
    int[] steps = new int[batch];
    boolean[] halted = new boolean[batch];
    for (int slot = 0; slot < batch; slot++) {
      examples.add(
          new Example(
              row("slots.tokens", slot, seqLen),
              row("slots.labels", slot, seqLen),
              WholeNumbers.of("puzzle identifier", rows.get(slot * 3L))));
      steps[slot] = WholeNumbers.of("step count", rows.get(slot * 3L + 1));
      halted[slot] = rows.get(slot * 3L + 2) != 0;
    }
    // Files from before there were draws have none.
    Tensor drawn = tensors.tensors().get(DRAWS);
    slots.restore(
        examples,
        steps,
        halted,
        SlotCounters.examples(drawn, batch),
        SlotCounters.draws(drawn, batch),
        counters.examples(),
        memories(batch));
    for (Buffer state : plan.stateBuffers()) {
      for (int slot = 0; slot < batch; slot++) {
        session.restoreState(state.name(), slot, tensors.get(carry(state, slot)).toArray());
      }
    }
  }

  /** The memory of each slot's transition; empty if the task has none. */
  private List<float[]> memories(int batch) {
    List<float[]> memories = new ArrayList<>();
    if (tensors.tensors().containsKey(MEMORY + 0)) {
      for (int slot = 0; slot < batch; slot++) {
        memories.add(of(MEMORY + slot).toArray());
      }
    }
    return memories;
  }

  private int[] row(String name, int slot, int seqLen) {
    int[] row = new int[seqLen];
    Tensor tensor = tensors.get(name);
    for (int i = 0; i < seqLen; i++) {
      row[i] = WholeNumbers.of(name, tensor.get((long) slot * seqLen + i));
    }
    return row;
  }

  private static String carry(Buffer state, int slot) {
    return CARRY + state.name() + "." + slot;
  }

  private ParameterSet under(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors
        .tensors()
        .forEach((name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return new ParameterSet(found);
  }
}
