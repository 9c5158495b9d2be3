package org.trm4j.server.inference;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ModelNotFoundException;
import org.trm4j.server.catalog.ServedModel;

/** Health and metadata of the Open Inference Protocol. */
@RestController
@Tag(name = "inference", description = "Open Inference Protocol, version 2")
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class MetadataController {
  /** The only version of every model. */
  static final String VERSION = "1";

  private final ModelCatalog catalog;

  /** Creates the controller. */
  public MetadataController(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /** Refuses a version that does not exist. */
  static void checkVersion(String name, @Nullable String version) {
    if (version != null && !version.equals(VERSION)) {
      throw new ModelNotFoundException(
          "model %s: no version '%s'; there: %s".formatted(name, version, VERSION));
    }
  }

  /** Describes the server. */
  @GetMapping("/v2")
  @Operation(summary = "Describe the server")
  public Map<String, Object> server() {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("name", "trm-server");
    server.put("version", version());
    server.put("extensions", List.of("binary_tensor_data"));
    return server;
  }

  private static String version() {
    String version = MetadataController.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** Reports that the server is running. */
  @GetMapping("/v2/health/live")
  @Operation(summary = "Tell whether the server runs")
  public Map<String, Object> live() {
    return Map.of("live", true);
  }

  /** Reports that all models are loaded; they are loaded before the server listens. */
  @GetMapping("/v2/health/ready")
  @Operation(summary = "Tell whether all models are loaded")
  public Map<String, Object> ready() {
    return Map.of("ready", true);
  }

  /** Describes a model. */
  @GetMapping({"/v2/models/{name}", "/v2/models/{name}/versions/{version}"})
  @Operation(summary = "Describe a model's inputs and outputs")
  public Map<String, Object> model(
      @PathVariable("name") String name,
      @PathVariable(name = "version", required = false) @Nullable String version) {
    ServedModel served = catalog.get(name);
    checkVersion(name, version);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", name);
    model.put("versions", List.of(VERSION));
    model.put("platform", "trm4j");
    model.put(
        "inputs",
        List.of(
            new TensorJson(
                TokenTensor.NAME, "INT32", List.of(-1L, (long) served.seqLen()), null, null)));
    model.put(
        "outputs",
        Stream.of(AnswerTensor.values()).map(tensor -> tensor.described(served.seqLen())).toList());
    return model;
  }

  /** Reports that a model is loaded. */
  @GetMapping({"/v2/models/{name}/ready", "/v2/models/{name}/versions/{version}/ready"})
  @Operation(summary = "Tell whether a model is loaded")
  public Map<String, Object> modelReady(
      @PathVariable("name") String name,
      @PathVariable(name = "version", required = false) @Nullable String version) {
    catalog.get(name);
    checkVersion(name, version);
    return Map.of("name", name, "ready", true);
  }
}
