package org.trm4j;

import org.apiguardian.api.API;

/**
 * Sees every draft as soon as its supervision step is done.
 *
 * <pre>{@code
 * SolveOptions options =
 *     SolveOptions.DEFAULT.withListener((puzzle, draft) -> System.out.println(draft));
 * }</pre>
 *
 * <p>The thread that solves calls it between two supervision steps, so a slow listener makes the
 * solve slow. An exception ends the solve and reaches its caller. It may call the model.
 */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface DraftListener {
  /**
   * Takes a draft.
   *
   * @param puzzle number of the puzzle among those of the call; 0 for the first
   * @param draft that was made
   */
  void drafted(int puzzle, Draft draft);
}
