package org.trm4j.training.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.metrics.TrainingListener;

/**
 * Ends every listener, whatever the others do; their exceptions never hide the cause of a failed
 * run.
 */
final class ListenerEnd {
  private ListenerEnd() {}

  static void close(List<TrainingListener> listeners, @Nullable Throwable cause) {
    Throwable first = cause;
    for (TrainingListener listener : listeners) {
      try {
        listener.closed();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    if (cause == null && first instanceof RuntimeException e) {
      throw e;
    }
    if (cause == null && first instanceof Error e) {
      throw e;
    }
  }
}
