package org.trm4j.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/** Parameters with the carries that were opened on them; closed sessions leave theirs to others. */
final class TornadoModel implements LoadedModel {
  private static final int MOST_IDLE = 4;

  private final TornadoBackend backend;
  private final Plan plan;
  private final Carry.Parameters parameters;
  private final @Nullable Tensor puzzles;
  private final List<Carry> carries = new ArrayList<>();
  private final List<Carry> idle = new ArrayList<>();
  private volatile boolean closed;

  TornadoModel(TornadoBackend backend, Plan plan, ParameterSet given) {
    this.backend = backend;
    this.plan = plan;
    ParameterSet matched = given.matching(plan.parameters());
    this.parameters = Carry.Parameters.of(plan, matched);
    this.puzzles =
        plan.config().puzzleEmbDim() > 0 ? matched.get(ParameterLayout.PUZZLE_EMBEDDING) : null;
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Nullable Tensor puzzles() {
    return puzzles;
  }

  boolean isClosed() {
    return closed || backend.isClosed();
  }

  @Override
  public InferenceSession open(int slots) {
    if (isClosed()) {
      throw BackendException.closed("loaded model");
    }
    return new TornadoInferenceSession(this, take(slots));
  }

  private Carry take(int slots) {
    synchronized (this) {
      for (Carry carry : idle) {
        if (carry.inputs.count() == slots) {
          idle.remove(carry);
          return carry;
        }
      }
    }
    Carry carry = Engine.exclusively(() -> make(slots));
    synchronized (this) {
      carries.add(carry);
    }
    return carry;
  }

  private Carry make(int slots) {
    int rows = puzzles == null ? 0 : Math.multiplyExact(slots, plan.config().puzzleEmbDim());
    Carry carry =
        new Carry(
            TornadoInferenceSession.NAME,
            backend,
            plan,
            plan.inference(),
            parameters,
            slots,
            rows,
            0);
    if (puzzles != null) {
      carry.transfers.writable(carry.arrays, carry.arrays.puzzles);
    }
    carry.engine.start();
    return carry;
  }

  /** Keeps a closed session's carry, whose graphs are compiled, for the next one of its size. */
  synchronized void giveBack(Carry carry) {
    if (!isClosed() && idle.size() < MOST_IDLE) {
      carry.inputs.stopAll();
      idle.add(carry);
    } else {
      carries.remove(carry);
      carry.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    backend.forget(this);
    carries.forEach(Carry::close);
    carries.clear();
    idle.clear();
  }
}
