package org.trm4j.cli.scaffold;

import java.util.List;
import java.util.Map;

/** A kind of plug-in that a project can be made for. */
enum PluginKind {
  DATASET(
      "org.trm4j.dataset.spi.DatasetProvider",
      "trm-datasets",
      "org.trm4j.datasets",
      "A data set: a puzzle of your own, with generator and verifier.",
      "trm --plugins target/@id@-0.1.0-SNAPSHOT.jar train --data @id@:size=6 --config demo --out runs/@id@",
      List.of("Provider", "Puzzle", "ContractTest")),
  POLICY(
      "org.trm4j.recursion.spi.RecursionPolicyProvider",
      "trm-api",
      "org.trm4j.api",
      "A recursion policy: what happens within a supervision step.",
      "trm --plugins target/@id@-0.1.0-SNAPSHOT.jar train --config demo --set recursion.policy=@id@ --out runs/@id@",
      List.of("Provider", "ContractTest")),
  BACKEND(
      "org.trm4j.backend.spi.BackendProvider",
      "trm-backend-cpu",
      "org.trm4j.backend.cpu",
      "A backend: what executes plans.",
      "trm --plugins target/@id@-0.1.0-SNAPSHOT.jar bench --model small-mlp --backend @id@",
      List.of("Provider", "ContractTest"));

  private final String service;
  private final String artifact;
  private final String module;
  private final String description;
  private final String example;
  private final List<String> sources;

  PluginKind(
      String service,
      String artifact,
      String module,
      String description,
      String example,
      List<String> sources) {
    this.service = service;
    this.artifact = artifact;
    this.module = module;
    this.description = description;
    this.example = example;
    this.sources = sources;
  }

  /** Returns the interface that its provider implements. */
  String service() {
    return service;
  }

  /** Returns the templates of its classes: provider, puzzle and contract test. */
  List<String> sources() {
    return sources;
  }

  /** Returns what stands for the placeholders that depend on the kind. */
  Map<String, String> placeholders() {
    return Map.of(
        "service",
        service,
        "needs",
        artifact,
        "module",
        module,
        "description",
        description,
        "example",
        example);
  }
}
