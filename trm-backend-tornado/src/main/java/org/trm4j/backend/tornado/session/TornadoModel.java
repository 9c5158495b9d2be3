package org.trm4j.backend.tornado.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/**
 * Parameters, and the stores of the sessions that were opened on them. A closed session leaves its
 * store, whose graphs are compiled, to the next session of its size.
 */
final class TornadoModel implements LoadedModel {
  private final TornadoBackend backend;
  private final Plan plan;
  private final SlotStore.Parameters parameters;
  private final @Nullable Tensor puzzles;
  private final List<SlotStore> stores = new ArrayList<>();
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
    // The store has another size; the new one may need its memory.
    releaseIdle();
    SlotStore store = Engine.exclusively(() -> make(slots));
    synchronized (this) {
      stores.add(store);
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
            false);
    if (puzzles != null) {
      store.transfers.writable(store.arrays, store.arrays.puzzles);
    }
    store.engine.start();
    return store;
  }

  private synchronized void releaseIdle() {
    idle.forEach(this::release);
    idle.clear();
  }

  private void release(SlotStore store) {
    stores.remove(store);
    store.close();
  }

  /**
   * Keeps a closed session's store while no more stores wait than are in use, so that the device's
   * memory is free again after a burst of sessions. One store may always wait. The store of a
   * failed session is freed, because its contents are unknown.
   */
  synchronized void giveBack(SlotStore store) {
    int working = stores.size() - idle.size() - 1;
    if (!isClosed() && !store.engine.hasFailed() && idle.size() < Math.max(1, working)) {
      store.stopAll();
      store.table.views(EnumSet.allOf(InferenceSession.View.class));
      idle.add(store);
    } else {
      release(store);
    }
  }

  /** Returns the number of stores that wait for a session. */
  synchronized int idle() {
    return idle.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    backend.forget(this);
    stores.forEach(SlotStore::close);
    stores.clear();
    idle.clear();
  }
}
