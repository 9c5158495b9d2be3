package org.trm4j.training.parity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.TrainingException;

/**
 * Runs a backend on golden cases: models, inputs and outputs of the published code, each value with
 * its tolerance; losses and rule of deduction; and single layers, where the folder has {@code
 * layers.safetensors}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParityRunner {
  private ParityRunner() {}

  /**
   * Runs every case of a folder, then its single layers; throws {@link TrainingException} where it
   * holds none.
   */
  public static List<ParityResult> run(Path folder, Backend backend) {
    List<Path> cases = GoldenFiles.find(folder);
    Path layers = folder.resolve(LayerParity.FILE);
    if (cases.isEmpty() && !Files.exists(layers)) {
      throw new TrainingException(
          "%s: holds no golden case (NAME.json beside NAME.safetensors, or %s)"
              .formatted(folder, LayerParity.FILE));
    }
    List<ParityResult> results = new ArrayList<>();
    cases.forEach(json -> results.add(runCase(json, backend)));
    if (Files.exists(layers)) {
      results.add(runLayers(layers, backend));
    }
    return results;
  }

  /** Returns the models of a folder's cases, by the names of the cases. */
  public static Map<String, ModelDescription> models(Path folder) {
    Map<String, ModelDescription> models = new TreeMap<>();
    GoldenFiles.find(folder)
        .forEach(json -> models.put(GoldenFiles.name(json), GoldenFiles.read(json).description()));
    return models;
  }

  private static ParityResult runLayers(Path file, Backend backend) {
    List<ParityCheck> checks = new ArrayList<>();
    try {
      LayerParity.check(file, backend, checks);
      return ParityResult.of("layers", "single layers", checks);
    } catch (RuntimeException e) {
      return broken("layers", "single layers", e, checks);
    }
  }

  /** A case that breaks off says so among the others' results. */
  private static ParityResult broken(
      String name, String policy, RuntimeException e, List<ParityCheck> checks) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new ParityResult(name, policy, ParityResult.Status.FAIL, reason, checks);
  }

  private static ParityResult runCase(Path json, Backend backend) {
    String name = GoldenFiles.name(json);
    String policy = "";
    List<ParityCheck> checks = new ArrayList<>();
    try {
      DeductionParity.Case deduction = GoldenFiles.deduction(json);
      if (deduction != null) {
        policy = "deduction";
        DeductionParity.check(deduction, GoldenFiles.tensors(json), backend, checks);
        return ParityResult.of(name, policy, checks);
      }
      policy = GoldenFiles.policy(json);
      try {
        Trm.standard().plugins().recursionPolicies().get(policy);
      } catch (PluginException e) {
        return new ParityResult(
            name, policy, ParityResult.Status.UNSUPPORTED, String.valueOf(e.getMessage()), checks);
      }
      GoldenCase golden = GoldenFiles.read(json);
      Plan plan = golden.description().trainingPlan(golden.maxSteps());
      EvaluationParity.check(golden, plan, backend, checks);
      TrainingParity.check(golden, plan, backend, checks);
      checks.add(new ParityCheck("values left out: " + golden.unused(), golden.unused().size(), 0));
      return ParityResult.of(name, policy, checks);
    } catch (RuntimeException e) {
      return broken(name, policy, e, checks);
    }
  }
}
