package org.trm4j.plugin;

import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.spi.TransitionProvider;

/** The plug-ins of {@link PluginRegistry#standard}, by kind. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Plugins {
  private Plugins() {}

  /** Returns the backends. */
  public static PluginSet<BackendProvider> backends() {
    return PluginRegistry.standard().backends();
  }

  /** Returns the recursion policies. */
  public static PluginSet<RecursionPolicyProvider> recursionPolicies() {
    return PluginRegistry.standard().recursionPolicies();
  }

  /** Returns the halting policies. */
  public static PluginSet<HaltingPolicyProvider> haltingPolicies() {
    return PluginRegistry.standard().haltingPolicies();
  }

  /** Returns the data sets. */
  public static PluginSet<DatasetProvider> datasets() {
    return PluginRegistry.standard().datasets();
  }

  /** Returns the readers of data sets' files, by the id of the data set. */
  public static PluginSet<DatasetReader> datasetReaders() {
    return PluginRegistry.standard().datasetReaders();
  }

  /** Returns the models in the box, by name. */
  public static PluginSet<PretrainedModelProvider> pretrainedModels() {
    return PluginRegistry.standard().pretrainedModels();
  }

  /** Returns the optimizers. */
  public static PluginSet<OptimizerProvider> optimizers() {
    return PluginRegistry.standard().optimizers();
  }

  /** Returns the transitions. */
  public static PluginSet<TransitionProvider> transitions() {
    return PluginRegistry.standard().transitions();
  }
}
