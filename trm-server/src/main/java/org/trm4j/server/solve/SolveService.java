package org.trm4j.server.solve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.Trm;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.limit.Deadline;
import org.trm4j.server.limit.ServerLimits;
import org.trm4j.server.limit.SolveGate;

/** Solves for all protocols, within the limits. */
@Service
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SolveService implements AutoCloseable {
  private static final int BATCH = 32;

  private final SolveGate gate;
  private final PluginSet<HaltingPolicyProvider> policies;
  private final Map<String, Batcher> batchers = new HashMap<>();

  /** Creates the service. */
  public SolveService(ModelCatalog catalog, SolveGate gate, ServerLimits limits, Trm trm) {
    this.gate = gate;
    this.policies = trm.plugins().haltingPolicies();
    catalog
        .all()
        .forEach(model -> batchers.put(model.name(), new Batcher(model, limits.concurrency())));
  }

  /** Returns the answers, in the order of the puzzles. */
  public List<Answer> solve(ServedModel served, List<Puzzle> puzzles, SolveSettings settings) {
    Deadline deadline = Deadline.in(settings.limit());
    SolveOptions options = settings.options(served.model(), policies);
    if (puzzles.size() == 1 && settings.shareable()) {
      // The batcher knows all waiting puzzles, so it can fill a free slot at once.
      Batcher batcher = Objects.requireNonNull(batchers.get(served.name()));
      return gate.admit(
          () -> List.of(batcher.solve(puzzles.getFirst(), settings, options, deadline)));
    }
    return gate.pass(deadline, () -> solveAll(served, puzzles, options, deadline));
  }

  /**
   * Solves and reports every draft as it comes.
   *
   * @param gone whether the client has gone
   */
  List<Answer> solve(
      ServedModel served,
      List<Puzzle> puzzles,
      SolveSettings settings,
      Draft.Listener listener,
      BooleanSupplier gone) {
    Deadline deadline = Deadline.in(settings.limit());
    SolveOptions options =
        settings.options(served.model(), policies).withListener(listener).withStop(gone);
    return gate.pass(deadline, () -> solveAll(served, puzzles, options, deadline));
  }

  private static List<Answer> solveAll(
      ServedModel served, List<Puzzle> puzzles, SolveOptions options, Deadline deadline) {
    @Nullable Answer[] answers = new @Nullable Answer[puzzles.size()];
    try {
      served
          .model()
          .solveAll(
              puzzles.iterator(),
              BATCH,
              options.withTimeout(deadline.left()),
              (answer, number) -> answers[number] = answer);
    } catch (SolveStoppedException e) {
      throw e.reason() == SolveStoppedException.Reason.TIMEOUT
          ? deadline.passed()
          : SolveGate.interrupted();
    }
    return Stream.of(answers).map(Objects::requireNonNull).toList();
  }

  @Override
  public void close() {
    batchers.values().forEach(Batcher::close);
  }
}
