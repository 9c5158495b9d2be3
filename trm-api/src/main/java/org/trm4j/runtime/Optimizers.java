package org.trm4j.runtime;

import org.apiguardian.api.API;
import org.trm4j.optimizer.UpdateSpec;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.plugin.PluginRegistry;

/** Makes the optimizers that parameter groups name. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Optimizers {
  private Optimizers() {}

  /** Returns the optimizer of a group; the plug-in is found by its id. */
  public static Optimizer make(PluginRegistry plugins, UpdateSpec.Group group) {
    OptimizerProvider provider = plugins.optimizers().get(group.optimizer());
    return provider.optimizer(
        GivenArguments.complete(
            "optimizer " + group.optimizer(), provider.defaults(), group.arguments()));
  }
}
