package org.trm4j.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.RecursionPrograms;
import org.trm4j.recursion.RecursionProgram;

/**
 * What it takes, besides the parameters, to run a model.
 *
 * @param config the network
 * @param policy id of the recursion policy
 * @param policyArguments its arguments, where they are not the defaults
 * @param domain id of the puzzle domain's data set provider; empty where the model has none
 * @param domainOptions the options that make the domain
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record ModelDescription(
    ModelConfig config,
    String policy,
    Map<String, Number> policyArguments,
    String domain,
    Map<String, String> domainOptions) {
  /** Copies the maps. */
  public ModelDescription {
    policyArguments = Collections.unmodifiableMap(new TreeMap<>(policyArguments));
    domainOptions = Collections.unmodifiableMap(new TreeMap<>(domainOptions));
  }

  /** Returns the model's recursion program; the policy is found among the plug-ins. */
  public RecursionProgram program() {
    return RecursionPrograms.make(policy, policyArguments);
  }

  /** Lowers the model's recursion program; the policy is found among the plug-ins. */
  public Plan plan() {
    return Plan.lower(config, program());
  }
}
