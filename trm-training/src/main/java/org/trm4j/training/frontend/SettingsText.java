package org.trm4j.training.frontend;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Settings as a person writes them on a command line; a program has {@code toBuilder}. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SettingsText {
  private static final String POLICY = "/recursion/policy";

  private SettingsText() {}

  /**
   * Returns a configuration with some values changed.
   *
   * @param overrides each {@code key=value}; the key is a path such as {@code run.batch}, or its
   *     last part where that is unambiguous. Another {@code recursion.policy} comes with its own
   *     default arguments; those that other overrides set are kept, in any order.
   * @throws TrainingException that names the setting and what was expected
   */
  public static TrainingConfig with(TrainingConfig config, List<String> overrides) {
    if (overrides.isEmpty()) {
      return config;
    }
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(TrainingConfigs.toJson(config));
    tree.remove("format");
    List<ConfigOverride> changes = overrides.stream().map(ConfigOverride::parse).toList();
    // The policy first: with another one the arguments of the old one go.
    changes.stream().filter(change -> change.setsPolicy(tree)).forEach(c -> c.applyTo(tree));
    if (!tree.at(POLICY).asString().equals(config.recursion().policy())) {
      ((ObjectNode) tree.get("recursion")).putObject("arguments");
    }
    changes.stream().filter(change -> !change.setsPolicy(tree)).forEach(c -> c.applyTo(tree));
    return TrainingConfigs.fromJson(String.join(" ", overrides), tree.toString());
  }
}
