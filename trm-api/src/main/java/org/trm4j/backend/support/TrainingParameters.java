package org.trm4j.backend.support;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/** The parameters of a training session and their gradients, read and overwritten by name. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TrainingParameters {
  private final SessionArguments arguments;
  private final ParameterArena arena;
  private final ParameterValues values;
  private final ParameterValues gradients;

  /**
   * Takes what a backend keeps.
   *
   * @param values of all parameters, the puzzle embedding among them
   * @param gradients of trained parameters
   */
  public TrainingParameters(
      SessionArguments arguments,
      ParameterArena arena,
      ParameterValues values,
      ParameterValues gradients) {
    this.arguments = arguments;
    this.arena = arena;
    this.values = values;
    this.gradients = gradients;
  }

  /** Returns a copy of all parameters. */
  public ParameterSet values() {
    return new ParameterSet(values.copy("", arena.specs()));
  }

  /** Overwrites those that are given and not fixed; nothing is changed where a shape is wrong. */
  public void assign(ParameterSet given) {
    for (ParameterSpec spec : arena.specs()) {
      Tensor tensor = given.tensors().get(spec.name());
      if (tensor != null && !tensor.shape().equals(spec.shape())) {
        throw new BackendException(
            "%s: assign %s: shape %s, expected %s"
                .formatted(arguments.session(), spec.name(), tensor.shape(), spec.shape()));
      }
    }
    for (ParameterSpec spec : arena.specs()) {
      Tensor tensor = given.tensors().get(spec.name());
      if (tensor != null && spec.kind() != ParameterSpec.Kind.FIXED) {
        values.set(spec, tensor);
      }
    }
  }

  /**
   * Returns a copy of the gradients.
   *
   * @param rows of the slots' rows of the puzzle embedding, one after the other; empty for none
   */
  public ParameterSet gradients(float[] rows) {
    Map<String, Tensor> tensors = gradients.copy("", arena.trainedSpecs());
    if (rows.length > 0) {
      int slots = arguments.slots();
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING, Tensor.of(Shape.of(slots, rows.length / slots), rows));
    }
    return new ParameterSet(tensors);
  }

  /**
   * Overwrites the gradients of trained parameters that are given, after all checks.
   *
   * @param puzzleWidth of the puzzle embedding, 0 for none
   * @param identifiers of the rows of the puzzle embedding's gradients, which the backend takes
   */
  public void assignGradients(ParameterSet given, int puzzleWidth, int[] identifiers) {
    arguments.gradients(given, arena.trainedSpecs(), puzzleWidth, identifiers);
    for (ParameterSpec spec : arena.trainedSpecs()) {
      Tensor tensor = given.tensors().get(spec.name());
      if (tensor != null) {
        gradients.set(spec, tensor);
      }
    }
  }
}
