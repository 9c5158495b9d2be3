package org.trm4j.runtime;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;
import org.trm4j.task.spi.TransitionProvider;

/** Makes the transitions that tasks name. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Transitions {
  private Transitions() {}

  /**
   * Returns a task's transition; the plug-in is found by its id.
   *
   * @param domain of the puzzles; null if the model has none
   */
  public static Transition make(
      PluginRegistry plugins,
      TaskProgram.TransitionUse use,
      ModelConfig config,
      @Nullable PuzzleDomain domain) {
    TransitionProvider provider = plugins.transitions().get(use.id());
    return provider.transition(
        GivenArguments.complete("transition " + use.id(), provider.defaults(), use.arguments()),
        config,
        domain);
  }
}
