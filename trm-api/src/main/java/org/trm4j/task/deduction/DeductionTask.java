package org.trm4j.task.deduction;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;

/**
 * Deduction as a task around any recursion (arXiv 2605.08605): the input is a set of possible
 * tokens for each cell; the heads say which of them stay, which one it is, and whether the state
 * has lost the answer.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class DeductionTask {
  /** Name of the head, and of its term, that says which possible tokens stay. */
  public static final String KEEP = "keep";

  /** Name of the head, and of its term, that says which token it is. */
  public static final String VALUE = "value";

  /** Name of the head, and of its term, that says whether the state contradicts the answer. */
  public static final String CONFLICT = "conflict";

  private static final double UNLIKELY = -3;

  private DeductionTask() {}

  /**
   * Returns the task. The contradiction is read from the first prefix row where the configuration
   * has one ({@code puzzleEmbLen}), and from the mean over the cells where it has none.
   */
  public static TaskProgram of(RecursionProgram recursion, ModelConfig config) {
    return of(recursion, config, use(DeductionRule.PUBLISHED, SearchRule.NONE), Weights.PUBLISHED);
  }

  /** Returns the published arguments of rule and weights beside those of a recursion. */
  public static PolicyArguments arguments(PolicyArguments recursion) {
    return Weights.PUBLISHED.beside(
        SearchRule.NONE.beside(DeductionRule.PUBLISHED.beside(recursion)));
  }

  /**
   * Returns the task with the rule between its steps and the weights of its terms that arguments
   * like those of {@link #arguments} ask for; see {@link #of(RecursionProgram, ModelConfig)}.
   */
  public static TaskProgram of(
      RecursionProgram recursion, ModelConfig config, PolicyArguments arguments) {
    DeductionRule rule = DeductionRule.of(arguments);
    return of(recursion, config, use(rule, SearchRule.of(arguments, rule)), Weights.of(arguments));
  }

  private static TaskProgram of(
      RecursionProgram recursion,
      ModelConfig config,
      TaskProgram.TransitionUse transition,
      Weights weights) {
    int tokens = config.vocabSize();
    String answer = recursion.answer();
    Objective.Head.Rows rows =
        config.puzzleEmbLen() > 0 ? Objective.Head.Rows.FIRST : Objective.Head.Rows.MEAN;
    return new TaskProgram(
        recursion,
        new TaskProgram.Input.TokenSets(tokens),
        new Objective.Terms(
            List.of(
                Objective.Head.cells(KEEP, tokens, answer),
                Objective.Head.cells(VALUE, tokens, answer),
                new Objective.Head(CONFLICT, rows, 1, answer, UNLIKELY)),
            terms(weights)),
        transition);
  }

  /** The published rule is the default of its plug-in, and is not written down. */
  private static TaskProgram.TransitionUse use(DeductionRule rule, SearchRule search) {
    return new TaskProgram.TransitionUse(
        DeductionProvider.ID,
        rule.equals(DeductionRule.PUBLISHED) && search.equals(SearchRule.NONE)
            ? Map.of()
            : search.beside(rule.beside(new PolicyArguments(Map.of()))).values());
  }

  /** Returns whether a task is deduction, around whatever recursion. */
  public static boolean is(TaskProgram task) {
    return task.transition().map(use -> use.id().equals(DeductionProvider.ID)).orElse(false);
  }

  /**
   * What two of the terms weigh beside {@link #KEEP}, which weighs 1.
   *
   * @param value weight of {@link #VALUE}
   * @param conflict weight of {@link #CONFLICT}
   */
  private record Weights(double value, double conflict) {
    /** The published weights. */
    static final Weights PUBLISHED = new Weights(0.2, 0.1);

    /** Checks the numbers. */
    Weights {
      weight("valueWeight", value);
      weight("conflictWeight", conflict);
    }

    private static void weight(String name, double weight) {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "deduction: %s is %s, expected a finite number of more than 0".formatted(name, weight));
      }
    }

    /** Returns policy arguments with these weights beside them. */
    PolicyArguments beside(PolicyArguments arguments) {
      return arguments.and("valueWeight", value).and("conflictWeight", conflict);
    }

    /** Returns the weights that arguments like those of {@link #beside} ask for. */
    static Weights of(PolicyArguments arguments) {
      return new Weights(arguments.number("valueWeight"), arguments.number("conflictWeight"));
    }
  }

  /** Returns the three terms with their published weights. */
  public static List<Objective.Term> terms() {
    return terms(Weights.PUBLISHED);
  }

  private static List<Objective.Term> terms(Weights weights) {
    return List.of(
        new Objective.Term(
            KEEP,
            KEEP,
            Objective.Term.LossKind.BINARY,
            new Objective.Term.Target.Given(KEEP),
            4,
            0.5,
            1,
            Objective.Term.Mean.SEQUENCE),
        new Objective.Term(
            VALUE,
            VALUE,
            Objective.Term.LossKind.SOFTMAX,
            new Objective.Term.Target.Given(VALUE),
            1,
            1,
            weights.value(),
            Objective.Term.Mean.BATCH),
        new Objective.Term(
            CONFLICT,
            CONFLICT,
            Objective.Term.LossKind.BINARY,
            new Objective.Term.Target.Given(CONFLICT),
            1,
            1,
            weights.conflict(),
            Objective.Term.Mean.SEQUENCE));
  }
}
