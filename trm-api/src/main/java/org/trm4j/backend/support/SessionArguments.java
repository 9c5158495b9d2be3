package org.trm4j.backend.support;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.ParameterLayout;

/**
 * Checks the arguments that callers pass to a session, the same on every backend. Each throws one
 * {@link BackendException} that names the session, what was found and what was expected.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SessionArguments {
  private final String session;
  private final Plan plan;
  private final int slots;

  /**
   * Checks the number of slots.
   *
   * @param session its name in messages
   */
  public SessionArguments(String session, Plan plan, int slots) {
    if (slots < 1) {
      throw new BackendException("%s: %s slots, expected at least 1".formatted(session, slots));
    }
    this.session = session;
    this.plan = plan;
    this.slots = slots;
  }

  /** Returns the session's name in messages. */
  public String session() {
    return session;
  }

  /** Returns the number of slots. */
  public int slots() {
    return slots;
  }

  /** Checks the number of a slot. */
  public void slot(int slot) {
    if (slot < 0 || slot >= slots) {
      throw new BackendException("%s: slot %s, expected 0..%s".formatted(session, slot, slots - 1));
    }
  }

  /** Checks that a slot is in use. */
  public void started(int slot, boolean started) {
    if (!started) {
      throw new BackendException("%s: slot %s has not been started".formatted(session, slot));
    }
  }

  /** Checks a puzzle against the model. */
  public void puzzle(int[] tokens, int identifier) {
    ModelConfig config = plan.config();
    cells("tokens", tokens);
    for (int i = 0; i < tokens.length; i++) {
      range("tokens[" + i + "]", tokens[i], config.vocabSize());
    }
    if (config.puzzleEmbDim() > 0) {
      range("puzzleIdentifier", identifier, config.numPuzzleIdentifiers());
    }
  }

  /** Checks labels against the model; {@link Loss#IGNORED} is one. */
  public void labels(int[] labels) {
    cells("labels", labels);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        range("labels[" + i + "]", labels[i], plan.config().vocabSize());
      }
    }
  }

  /** Checks that there is a last-step flag for each slot. */
  public void lastStep(boolean[] lastStep) {
    if (lastStep.length != slots) {
      throw new BackendException(
          "%s: lastStep of length %s, expected %s (slots)"
              .formatted(session, lastStep.length, slots));
    }
  }

  /** Returns the index of a latent state among the plan's. */
  public int state(String name) {
    return find("state", name, plan.states().stream().map(StateBuffer::name).toList());
  }

  /** Returns the index of a buffer; {@code kind} is a word for it, such as {@code input}. */
  public int buffer(String kind, String name, List<Buffer> buffers) {
    return find(kind, name, buffers.stream().map(Buffer::name).toList());
  }

  private int find(String kind, String name, List<String> names) {
    int found = names.indexOf(name);
    if (found < 0) {
      throw new BackendException(
          "%s: %s %s, expected one of %s".formatted(session, kind, name, names));
    }
    return found;
  }

  /** Checks that the plan has a head. */
  public void head(Buffer head) {
    if (head.shape().size() == 0) {
      throw new BackendException(
          "%s: %s: the plan has no such head, it has %s"
              .formatted(session, head.name(), plan.outputs().stream().map(Buffer::name).toList()));
    }
  }

  /** Checks the length of values that are copied in whole. */
  public void source(String what, int found, long expected) {
    if (found != expected) {
      throw new BackendException(
          "%s: %s of length %s, expected %s".formatted(session, what, found, expected));
    }
  }

  /** Checks that an array has room for what is copied to it. */
  public void target(String what, int found, int expected) {
    if (found < expected) {
      throw new BackendException(
          "%s: %s target of length %s, expected %s".formatted(session, what, found, expected));
    }
  }

  /**
   * Checks a tensor of the optimizer's state.
   *
   * @param prefix such as {@code m.}
   */
  public void optimizerState(String prefix, ParameterSpec spec, Shape found) {
    if (!found.equals(spec.shape())) {
      throw new BackendException(
          "%s: optimizer state %s%s: shape %s, expected %s"
              .formatted(session, prefix, spec.name(), found, spec.shape()));
    }
  }

  /**
   * Checks gradients that are handed to a session.
   *
   * @param trained the plan's trained parameters
   */
  public void gradients(
      ParameterSet gradients, List<ParameterSpec> trained, int puzzleWidth, int[] identifiers) {
    for (Map.Entry<String, Tensor> entry : gradients.tensors().entrySet()) {
      String name = entry.getKey();
      Shape found = entry.getValue().shape();
      Shape expected =
          name.equals(ParameterLayout.PUZZLE_EMBEDDING) && puzzleWidth > 0
              ? Shape.of(identifiers.length, puzzleWidth)
              : trained.stream()
                  .filter(spec -> spec.name().equals(name))
                  .map(ParameterSpec::shape)
                  .findFirst()
                  .orElse(null);
      if (!found.equals(expected)) {
        throw new BackendException(
            "%s: gradient of %s: shape %s, expected %s"
                .formatted(
                    session, name, found, expected == null ? "a trained parameter" : expected));
      }
    }
    boolean rows = gradients.tensors().containsKey(ParameterLayout.PUZZLE_EMBEDDING);
    if (!rows && identifiers.length > 0) {
      throw new BackendException(
          "%s: %s puzzle identifiers without gradients of their rows"
              .formatted(session, identifiers.length));
    }
    for (int i = 0; i < identifiers.length; i++) {
      range("puzzleIdentifiers[" + i + "]", identifiers[i], plan.config().numPuzzleIdentifiers());
    }
  }

  private void cells(String what, int[] values) {
    int expected = plan.config().seqLen();
    if (values.length != expected) {
      throw new BackendException(
          "%s: %s of length %s, expected %s (seqLen)"
              .formatted(session, what, values.length, expected));
    }
  }

  private void range(String what, int value, int limit) {
    if (value < 0 || value >= limit) {
      throw new BackendException(
          "%s: %s is %s, expected 0..%s".formatted(session, what, value, limit - 1));
    }
  }
}
