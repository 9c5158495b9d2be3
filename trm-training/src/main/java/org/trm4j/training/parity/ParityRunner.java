package org.trm4j.training.parity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.Plugins;
import org.trm4j.training.TrainingException;

/**
 * Runs a backend on golden cases: models, inputs and outputs of the published code, each value with
 * its tolerance.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class ParityRunner {
  private ParityRunner() {}

  /** Runs every case of a folder; throws {@link TrainingException} where it holds none. */
  public static List<ParityResult> run(Path folder, Backend backend) {
    List<Path> cases = GoldenFiles.find(folder);
    if (cases.isEmpty()) {
      throw new TrainingException(
          "%s: holds no golden case (NAME.json beside NAME.safetensors)".formatted(folder));
    }
    return cases.stream().map(json -> runCase(json, backend)).toList();
  }

  private static ParityResult runCase(Path json, Backend backend) {
    String name = GoldenFiles.name(json);
    String policy = "";
    List<ParityCheck> checks = new ArrayList<>();
    try {
      GoldenCase golden = GoldenFiles.read(json);
      policy = golden.description().policy();
      try {
        Plugins.recursionPolicies().get(policy);
      } catch (PluginException e) {
        return new ParityResult(
            name, policy, ParityResult.Status.UNSUPPORTED, String.valueOf(e.getMessage()), checks);
      }
      Plan plan = golden.description().plan();
      EvaluationParity.check(golden, plan, backend, checks);
      TrainingParity.check(golden, plan, backend, checks);
      return ParityResult.of(name, policy, checks);
    } catch (RuntimeException e) {
      // A case that breaks off says so among the others' results.
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new ParityResult(name, policy, ParityResult.Status.FAIL, reason, checks);
    }
  }
}
