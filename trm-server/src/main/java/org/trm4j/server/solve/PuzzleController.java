package org.trm4j.server.solve;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.limit.Deadline;
import org.trm4j.server.limit.ServerLimits;
import org.trm4j.server.limit.SolveGate;

/** Lists the models, generates puzzles to try them with, and checks answers. */
@RestController
@Tag(name = "models", description = "What is served, puzzles for it, and checks of answers")
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class PuzzleController {
  private static final String TEST = "test";
  private static final String TRAIN = "train";

  private final ModelCatalog catalog;
  private final SolveGate gate;
  private final ServerLimits limits;
  private final Trm trm;

  /** Creates the controller. */
  public PuzzleController(ModelCatalog catalog, SolveGate gate, ServerLimits limits, Trm trm) {
    this.catalog = catalog;
    this.gate = gate;
    this.limits = limits;
    this.trm = trm;
  }

  /**
   * All models.
   *
   * @param models by name
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record ModelList(List<ModelJson> models) {}

  /**
   * A puzzle.
   *
   * @param model the model that it is for
   * @param puzzle compact form
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record Generated(String model, String puzzle) {}

  /**
   * An answer to check.
   *
   * @param model name of a model; if absent, the one that reads the puzzle
   * @param puzzle compact form
   * @param answer compact form
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record CheckRequest(
      @Nullable String model, @Nullable String puzzle, @Nullable String answer) {}

  /**
   * The result of a check.
   *
   * @param model whose kind of puzzle it is
   * @param verified whether the answer is right
   * @param verification the verdict
   * @param reason what the rules say against it; empty for nothing
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record Checked(
      String model, boolean verified, Verification.Outcome verification, String reason) {}

  /** Returns all models. */
  @GetMapping("/v1/models")
  @Operation(summary = "List the models")
  public ModelList models() {
    return new ModelList(
        catalog.all().stream()
            .map(model -> ModelJson.of(model, generator(model) != null))
            .toList());
  }

  /** Returns a puzzle that the model's domain generates. */
  @GetMapping("/v1/models/{name}/puzzle")
  @Operation(summary = "Generate a puzzle", description = "The same seed gives the same puzzle.")
  public Generated puzzle(
      @PathVariable("name") String name,
      @RequestParam(name = "seed", defaultValue = "1") int seed) {
    ServedModel model = catalog.get(name);
    DatasetProvider provider = generator(model);
    if (provider == null) {
      throw new BadRequestException("model %s: its puzzles cannot be generated".formatted(name));
    }
    Set<String> known =
        provider.options().stream().map(DatasetProvider.Option::name).collect(Collectors.toSet());
    Map<String, String> options = new HashMap<>(model.domain().options());
    options.put("seed", Integer.toString(seed));
    options.put(TRAIN, "0");
    options.put(TEST, "1");
    options.keySet().retainAll(known);
    return gate.pass(
        Deadline.in(limits.deadline()),
        () -> {
          try (Dataset data = trm.generate(provider.id(), options)) {
            int[] tokens = data.split(TEST).get(0).tokens();
            return new Generated(name, model.domain().codec().decode(tokens));
          }
        });
  }

  /** Checks an answer by the rules of the puzzle. */
  @PostMapping("/v1/check")
  @Operation(summary = "Check an answer by the rules of its puzzle")
  public Checked check(@RequestBody CheckRequest request) {
    String puzzle = request.puzzle();
    String answer = request.answer();
    if (puzzle == null || answer == null) {
      throw new BadRequestException("expected puzzle and answer, both text");
    }
    ServedModel model = catalog.choose(request.model(), puzzle);
    PuzzleDomain domain = model.domain();
    int[] question = domain.codec().encode(trm.question(domain, puzzle));
    int[] tokens = trm.answer(domain, answer);
    Verification verification =
        domain
            .verifier()
            .map(verifier -> verifier.verify(question, tokens))
            .orElse(Verification.UNVERIFIABLE);
    return new Checked(
        model.name(), verification.correct(), verification.outcome(), verification.detail());
  }

  private @Nullable DatasetProvider generator(ServedModel served) {
    PuzzleDomain domain = served.model().domain().orElse(null);
    DatasetProvider provider =
        domain == null ? null : trm.plugins().datasets().usable().get(domain.id());
    return provider != null && provider.generates() ? provider : null;
  }
}
