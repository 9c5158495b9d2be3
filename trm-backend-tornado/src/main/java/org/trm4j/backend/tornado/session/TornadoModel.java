package org.trm4j.backend.tornado.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/** Parameters with the carries that were opened on them; closed sessions leave theirs to others. */
final class TornadoModel implements LoadedModel {
  private static final int MOST_IDLE = 4;

  private final TornadoBackend backend;
  private final Plan plan;
  private final SlotStore.Parameters parameters;
  private final @Nullable Tensor puzzles;
  private final List<SlotStore> carries = new ArrayList<>();
  private final List<SlotStore> idle = new ArrayList<>();
  private volatile boolean closed;

  TornadoModel(TornadoBackend backend, Plan plan, ParameterSet given) {
    this.backend = backend;
    this.plan = plan;
    ParameterSet matched = given.matching(plan.parameters());
    this.parameters = SlotStore.Parameters.of(plan, matched);
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

  void requireNoise() {
    backend.requireNoise();
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

  private SlotStore take(int slots) {
    synchronized (this) {
      for (SlotStore store : idle) {
        if (store.inputs.count() == slots) {
          idle.remove(store);
          return store;
        }
      }
    }
    SlotStore store = Engine.exclusively(() -> make(slots));
    synchronized (this) {
      carries.add(store);
    }
    return store;
  }

  private SlotStore make(int slots) {
    int rows = puzzles == null ? 0 : Math.multiplyExact(slots, plan.config().puzzleEmbDim());
    SlotStore store =
        new SlotStore(
            TornadoInferenceSession.NAME,
            backend,
            plan,
            plan.inference(),
            parameters,
            slots,
            rows,
            0);
    if (puzzles != null) {
      store.transfers.writable(store.arrays, store.arrays.puzzles);
    }
    store.engine.start();
    return store;
  }

  /** Keeps a closed session's store, whose graphs are compiled, for the next one of its size. */
  synchronized void giveBack(SlotStore store) {
    if (!isClosed() && idle.size() < MOST_IDLE) {
      store.inputs.stopAll();
      idle.add(store);
    } else {
      carries.remove(store);
      store.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    backend.forget(this);
    carries.forEach(SlotStore::close);
    carries.clear();
    idle.clear();
  }
}
