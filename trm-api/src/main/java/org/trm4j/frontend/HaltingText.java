package org.trm4j.frontend;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** Halting policies as a person writes them on a command line. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class HaltingText {
  private HaltingText() {}

  /**
   * Returns a policy.
   *
   * @param text policies written {@code id} or {@code id=argument}, joined by {@code +} (stop when
   *     all say so) and {@code ,} (stop when one of them does): {@code
   *     verified,halt-head=0.9+unchanged=2}
   */
  public static HaltingPolicy parse(String text) {
    return parse(text, PluginRegistry.standard().haltingPolicies());
  }

  /**
   * Returns a policy of plug-ins that are there already. For a host that parses often: {@link
   * PluginRegistry#haltingPolicies} searches the class path each time.
   *
   * @param text as in {@link #parse(String)}
   */
  public static HaltingPolicy parse(String text, PluginSet<HaltingPolicyProvider> plugins) {
    HaltingPolicy any = null;
    for (String alternative : text.split(",", -1)) {
      HaltingPolicy all = null;
      for (String part : alternative.split("\\+", -1)) {
        HaltingPolicy policy = single(part.strip(), plugins);
        all = all == null ? policy : all.and(policy);
      }
      if (all != null) {
        any = any == null ? all : any.or(all);
      }
    }
    if (any == null) {
      throw new PluginException("halting policy: nothing was given");
    }
    return any;
  }

  private static HaltingPolicy single(String text, PluginSet<HaltingPolicyProvider> plugins) {
    int equals = text.indexOf('=');
    HaltingPolicyProvider provider = plugins.get(equals < 0 ? text : text.substring(0, equals));
    return provider.policy(equals < 0 ? provider.defaultArgument() : text.substring(equals + 1));
  }
}
