package org.trm4j.pretrained;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginSet;
import org.trm4j.plugin.Plugins;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The models in the box: those whose artifacts are on the class path or module path. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PretrainedModels {
  private PretrainedModels() {}

  /** Returns all, by name. */
  public static List<PretrainedModel> all() {
    List<PretrainedModel> found = new ArrayList<>();
    for (PretrainedModelProvider provider : Plugins.pretrainedModels().usable().values()) {
      found.add(PretrainedModel.of(provider));
    }
    found.sort(Comparator.comparing(model -> model.description().name()));
    return found;
  }

  /** Returns the model of that name; throws {@link PluginException} that says what there is. */
  public static PretrainedModel get(String name) {
    return get(PluginRegistry.standard(), name);
  }

  /** Returns the model of that name among these plug-ins. */
  public static PretrainedModel get(PluginRegistry plugins, String name) {
    PluginSet<PretrainedModelProvider> found = plugins.pretrainedModels();
    if (found.usable().isEmpty() && found.unusable().isEmpty()) {
      throw new PluginException(
          "pretrained model %s: no model is on the class path; add its artifact, org.trm4j:trm-model-%s"
              .formatted(name, name));
    }
    return PretrainedModel.of(found.get(name));
  }
}
