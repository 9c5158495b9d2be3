package org.trm4j.cli.backend;

import org.apiguardian.api.API;
import org.trm4j.OpenOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.plan.count.FlopCounter;

/**
 * Chooses the backend for a small amount of work. Vector code is slow until the JIT compiler has
 * got to it, which takes about a second; plain loops are fast much sooner, and have answered by
 * then.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class QuickBackend {
  private static final String PLAIN = "cpu-scalar";
  // Operations that plain loops do in two seconds: a 9x9 Sudoku in 16 steps of a small model.
  private static final double LITTLE = 10e9;

  private QuickBackend() {}

  /**
   * Opens a model for {@code attempts} attempts of at most {@code steps} supervision steps each. A
   * backend that the user names is taken in any case.
   */
  public static TrmModel open(SavedModel model, BackendMixin backend, long attempts, int steps) {
    double work =
        FlopCounter.count(model.description().plan().inference()) * (double) attempts * steps;
    OpenOptions chosen = backend.options();
    boolean little =
        work < LITTLE && chosen.backend().equals(OpenOptions.AUTO) && chosen.precision().isEmpty();
    return TrmModel.open(model, little ? chosen.withBackend(PLAIN) : chosen);
  }
}
