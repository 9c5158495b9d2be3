package org.trm4j.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.halting.spi.Progress;
import org.trm4j.model.Shape;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.StateBuffer;

/** Measures what the supervision steps of one slot change; copies nothing that nobody asked for. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ChangeMeter {
  private final Set<Progress.Change> asked;
  private final List<StateBuffer> states;
  private final Shape logitShape;
  private final int window;
  private final List<float[]> before = new ArrayList<>();
  private float[] logits = {};
  private double stateChange;
  private final Deque<Double> logitChanges = new ArrayDeque<>();

  /**
   * Takes what to measure.
   *
   * @param plan of the session
   * @param window steps that the change of logits is averaged over
   */
  public ChangeMeter(Set<Progress.Change> asked, Plan plan, int window) {
    this.asked = asked;
    this.states = plan.states().stream().filter(state -> !state.constant()).toList();
    this.logitShape = plan.logits().shape();
    this.window = window;
  }

  /** Reads the states that a slot starts from, or starts from anew. */
  public void begin(InferenceSession session, int slot) {
    before.clear();
    logits = new float[0];
    if (asked.contains(Progress.Change.STATE)) {
      for (StateBuffer state : states) {
        float[] values = new float[state.shape().intSize()];
        session.state(state.name(), slot, values);
        before.add(values);
      }
    }
  }

  /** Reads what a step has made. */
  public void read(InferenceSession session, int slot) {
    if (asked.contains(Progress.Change.STATE)) {
      readStates(session, slot);
    }
    if (asked.contains(Progress.Change.LOGITS)) {
      readLogits(session, slot);
    }
  }

  private void readStates(InferenceSession session, int slot) {
    double difference = 0;
    double size = 0;
    for (int k = 0; k < states.size(); k++) {
      float[] old = before.get(k);
      float[] now = new float[old.length];
      session.state(states.get(k).name(), slot, now);
      difference += squaredDistance(old, now, 0, now.length);
      size += squaredDistance(new float[now.length], now, 0, now.length);
      before.set(k, now);
    }
    stateChange = size == 0 ? Math.sqrt(difference) : Math.sqrt(difference / size);
  }

  private void readLogits(InferenceSession session, int slot) {
    int cells = logitShape.dim(0);
    float[] now = new float[Math.multiplyExact(cells, logitShape.dim(1))];
    session.logits(slot, now);
    if (logits.length > 0) {
      double sum = 0;
      int columns = logitShape.dim(1);
      for (int cell = 0; cell < cells; cell++) {
        sum += Math.sqrt(squaredDistance(logits, now, cell * columns, columns));
      }
      logitChanges.addLast(sum / cells);
      if (logitChanges.size() > window) {
        logitChanges.removeFirst();
      }
    }
    logits = now;
  }

  private static double squaredDistance(float[] a, float[] b, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      double d = (double) b[i] - a[i];
      sum += d * d;
    }
    return sum;
  }

  /** Returns {@link Progress.Change#STATE}; empty where nobody asked for it. */
  public OptionalDouble stateChange() {
    return asked.contains(Progress.Change.STATE)
        ? OptionalDouble.of(stateChange)
        : OptionalDouble.empty();
  }

  public double change(Progress.Change change) {
    if (!asked.contains(change)) {
      throw new IllegalStateException(
          "change %s: is not measured; the halting policy says what it reads by reads()"
              .formatted(change));
    }
    return change == Progress.Change.STATE
        ? stateChange
        : logitChanges.stream().mapToDouble(d -> d).average().orElse(Double.POSITIVE_INFINITY);
  }
}
