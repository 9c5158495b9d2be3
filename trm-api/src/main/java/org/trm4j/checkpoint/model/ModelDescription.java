package org.trm4j.checkpoint.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.runtime.RecursionPrograms;
import org.trm4j.task.TaskProgram;

/**
 * What it takes, besides the parameters, to run a model.
 *
 * @param config the network
 * @param policy id of the recursion policy
 * @param policyArguments its arguments, where they are not the defaults
 * @param domain id of the puzzle domain's data set provider; empty where the model has none
 * @param domainOptions the options that make the domain
 * @param stored the task as the model's file has it, where the policy would not make the same one;
 *     empty where the policy makes it
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ModelDescription(
    ModelConfig config,
    String policy,
    Map<String, Number> policyArguments,
    String domain,
    Map<String, String> domainOptions,
    Optional<TaskProgram> stored) {
  /** Copies the maps. */
  public ModelDescription {
    policyArguments = Collections.unmodifiableMap(new TreeMap<>(policyArguments));
    domainOptions = Collections.unmodifiableMap(new TreeMap<>(domainOptions));
  }

  /**
   * Returns the puzzle domain; empty where the model has none or its plug-in is absent.
   *
   * @throws CheckpointException where the domain's puzzles have another length or vocabulary than
   *     the network
   */
  public Optional<PuzzleDomain> puzzleDomain() {
    return puzzleDomain(PluginRegistry.standard());
  }

  /** Returns the puzzle domain, as {@link #puzzleDomain()} does, by these plug-ins. */
  public Optional<PuzzleDomain> puzzleDomain(PluginRegistry plugins) {
    DatasetProvider provider = plugins.datasets().usable().get(domain);
    if (provider == null) {
      return Optional.empty();
    }
    PuzzleDomain made = provider.domain(domainOptions);
    if (made.seqLen() != config.seqLen() || made.vocabSize() != config.vocabSize()) {
      throw new CheckpointException(
          "model: has %s tokens of a vocabulary of %s, its puzzle domain %s %s has %s of %s: the two do not belong together"
              .formatted(
                  config.seqLen(),
                  config.vocabSize(),
                  domain,
                  made.options(),
                  made.seqLen(),
                  made.vocabSize()));
    }
    return Optional.of(made);
  }

  /**
   * Returns whether the parameters say nothing of the number of cells, so that the model runs on
   * grids of every size: a convolution's do not, unless it learned positions.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public boolean fitsEveryGrid() {
    return config.mixer() == ModelConfig.Mixer.CONVOLUTION
        && config.positions() != ModelConfig.Positions.LEARNED;
  }

  /**
   * Describes the model on a grid of another size.
   *
   * @param other a domain of the same data set and the same tokens
   * @throws CheckpointException where the parameters are those of one size, or the tokens differ
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public ModelDescription onGrid(PuzzleDomain other) {
    if (!fitsEveryGrid()) {
      throw new CheckpointException(
          "model: mixer %s and positions %s belong to %s cells, expected a CONVOLUTION without learned positions to run on another grid"
              .formatted(config.mixer(), config.positions(), config.seqLen()));
    }
    if (!domain.equals(other.id()) || !tokens().equals(tokens(other))) {
      throw new CheckpointException(
          "model: has tokens %s of %s, expected the same on another grid, found %s of %s"
              .formatted(tokens(), domain, tokens(other), other.id()));
    }
    return new ModelDescription(
        configOn(other), policy, policyArguments, domain, other.options(), stored);
  }

  private ModelConfig configOn(PuzzleDomain other) {
    return config.toBuilder()
        .tokens(other.seqLen(), other.vocabSize())
        .grid(other.codec().grid().columns(), config.kernelSize())
        .build();
  }

  private List<String> tokens() {
    return puzzleDomain().map(ModelDescription::tokens).orElse(List.of());
  }

  private static List<String> tokens(PuzzleDomain domain) {
    return IntStream.range(0, domain.vocabSize()).mapToObj(domain.codec()::symbol).toList();
  }

  /** Describes a model whose task the policy makes. */
  public ModelDescription(
      ModelConfig config,
      String policy,
      Map<String, Number> policyArguments,
      String domain,
      Map<String, String> domainOptions) {
    this(config, policy, policyArguments, domain, domainOptions, Optional.empty());
  }

  /**
   * Describes a model whose file has its task.
   *
   * @param stored the task, which counts instead of what the policy makes
   */
  public ModelDescription(
      ModelConfig config,
      String policy,
      Map<String, Number> policyArguments,
      String domain,
      Map<String, String> domainOptions,
      TaskProgram stored) {
    this(config, policy, policyArguments, domain, domainOptions, Optional.of(stored));
  }

  /** Returns the model's task: the file's, or what the policy among the plug-ins makes. */
  public TaskProgram task() {
    return task(PluginRegistry.standard());
  }

  /** Returns the model's task: the file's, or what the policy among these plug-ins makes. */
  public TaskProgram task(PluginRegistry plugins) {
    return stored.orElseGet(() -> RecursionPrograms.task(plugins, policy, policyArguments, config));
  }

  /**
   * Returns the supervision steps that an attempt has at most unless a user says otherwise.
   *
   * @see TaskProgram#usualSteps()
   */
  public int usualSteps() {
    return task().usualSteps();
  }

  /** Returns the model's recursion program. */
  public RecursionProgram program() {
    return task().recursion();
  }

  /** Lowers the model's task. */
  public Plan plan() {
    return Plan.lower(config, task());
  }

  /** Lowers the model's task for sequences of at most so many supervision steps. */
  public Plan trainingPlan(int maxSteps) {
    return Plan.lower(config, task().withRecursion(trainingProgram(maxSteps)));
  }

  /**
   * Returns the recursion that is trained in sequences of at most so many supervision steps. Where
   * there is one only, nothing can be continued, and the published code trains no {@code
   * q_continue}.
   */
  public RecursionProgram trainingProgram(int maxSteps) {
    RecursionProgram program = program();
    return maxSteps > 1 || !program.continueTarget() ? program : program.withoutContinueTarget();
  }
}
