package org.trm4j.it.robustness;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives a property the seed {@code trm.fuzz.seed}: a build tries the same inputs each time, the
 * long form others each time.
 */
final class BuildSeed implements AroundPropertyHook {
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String seed = System.getProperty("trm.fuzz.seed", "");
    if (seed.isEmpty()) {
      throw new IllegalStateException("system property trm.fuzz.seed: missing, expected a number");
    }
    context.attributes().setSeed(seed);
    return property.execute();
  }
}
