package org.trm4j.task;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;

/** Checks that the parts of a task fit together. */
final class TaskValidator {
  private final RecursionProgram recursion;

  private TaskValidator(RecursionProgram recursion) {
    this.recursion = recursion;
  }

  static void validate(
      RecursionProgram recursion,
      TaskProgram.Input input,
      Objective objective,
      TaskProgram.@Nullable TransitionUse transition) {
    TaskValidator validator = new TaskValidator(recursion);
    if (input instanceof TaskProgram.Input.TokenSets(int values)) {
      if (values < 2) {
        throw validator.error("input", "sets of %s values, expected at least 2".formatted(values));
      }
      if (transition == null) {
        throw validator.error("input", "sets need a transition that feeds them, found none");
      }
    }
    switch (objective) {
      case Objective.Published published -> {
        if (recursion.supervisions() > 0) {
          throw validator.error(
              "objective", "the published loss stands at the end; supervise needs terms");
        }
        if (transition != null) {
          throw validator.error("transition", "needs heads and terms, found the published ones");
        }
      }
      case Objective.Terms terms -> validator.terms(terms, transition);
    }
    validator.modules(objective);
  }

  /** A module that no loss reaches would keep its random parameters for ever. */
  private void modules(Objective objective) {
    Set<String> read =
        switch (objective) {
          case Objective.Published published -> Set.of(recursion.answer());
          case Objective.Terms terms ->
              terms.terms().stream()
                  .map(term -> terms.head(term.head()).state())
                  .collect(Collectors.toSet());
        };
    Set<String> trained = recursion.trainedModules(read);
    for (RecursionProgram.NetworkModule module : recursion.modules()) {
      if (!trained.contains(module.name())) {
        throw error(
            "module " + module.name(),
            "is not reached by the loss, which reads %s: its parameters would never be trained"
                .formatted(read));
      }
    }
  }

  private void terms(Objective.Terms objective, TaskProgram.@Nullable TransitionUse transition) {
    if (recursion.continueTarget()) {
      throw error(
          "objective",
          "a continue target belongs to the published loss; a term has the target NextStep");
    }
    if (objective.heads().isEmpty() || objective.terms().isEmpty()) {
      throw error("objective", "has no heads or no terms, expected at least one of each");
    }
    distinct("heads", objective.heads().stream().map(Objective.Head::name).toList());
    distinct("terms", objective.terms().stream().map(Objective.Term::name).toList());
    List<String> states = recursion.states().stream().map(LatentState::name).toList();
    for (Objective.Head head : objective.heads()) {
      String place = "head " + head.name();
      if (head.width() < 1) {
        throw error(place, "has width %s, expected at least 1".formatted(head.width()));
      }
      if (!states.contains(head.state())) {
        throw error(place, "reads state %s, expected one of %s".formatted(head.state(), states));
      }
      if (!Double.isFinite(head.bias())) {
        throw error(place, "has bias %s, expected a finite number".formatted(head.bias()));
      }
    }
    objective.terms().forEach(term -> term(term, objective));
    boolean given = objective.terms().stream().anyMatch(term -> term.target().needsTransition());
    if (transition == null && given) {
      throw error("objective", "a given target needs a transition that gives it, found none");
    }
    if (transition == null
        && !(objective.has(TaskProgram.LOGITS)
            && objective.head(TaskProgram.LOGITS).rows() == Objective.Head.Rows.CELLS)) {
      throw error(
          "objective",
          "no head %s on the cells and no transition: there would be no draft"
              .formatted(TaskProgram.LOGITS));
    }
  }

  private void term(Objective.Term term, Objective.Terms objective) {
    String place = "term " + term.name();
    known(place, term.head(), objective);
    boolean binary = term.kind() == Objective.Term.LossKind.BINARY;
    Objective.Head head = objective.head(term.head());
    switch (term.target()) {
      case Objective.Term.Target.Given given -> {
        if (given.equals(Objective.Term.Target.LABELS)
            && (binary || head.rows() != Objective.Head.Rows.CELLS)) {
          throw error(
              place, "labels are classes of cells, expected a class loss on a head of cells");
        }
      }
      case Objective.Term.Target.Exact exact -> {
        one(place, binary, head);
        known(place, exact.head(), objective);
        if (!exact.needsTransition()
            && objective.head(exact.head()).rows() != Objective.Head.Rows.CELLS) {
          throw error(
              place,
              "compares head %s with labels, expected a head of cells".formatted(exact.head()));
        }
      }
      case Objective.Term.Target.NextStep(List<String> heads, String last) -> {
        one(place, binary, head);
        if (heads.isEmpty()) {
          throw error(place, "takes the largest of no heads, expected at least one");
        }
        if (!recursion.isDeterministic()) {
          throw error(place, "learns from a further step, whose noise is not defined");
        }
        for (String read : Stream.concat(heads.stream(), Stream.of(last)).toList()) {
          known(place, read, objective);
          one(place + ": head " + read, true, objective.head(read));
        }
      }
    }
    if (!(positive(term.factor()) && positive(term.positive()) && positive(term.negative()))) {
      throw error(
          place,
          "has factors %s, %s and %s, expected finite numbers of more than 0"
              .formatted(term.factor(), term.positive(), term.negative()));
    }
  }

  private void known(String place, String head, Objective.Terms objective) {
    if (!objective.has(head)) {
      throw error(
          place,
          "reads head %s, expected one of %s"
              .formatted(head, objective.heads().stream().map(Objective.Head::name).toList()));
    }
  }

  private void one(String place, boolean binary, Objective.Head head) {
    if (!binary || head.width() != 1 || head.rows() == Objective.Head.Rows.CELLS) {
      throw error(
          place,
          "reads %s logits of %s, expected a binary loss on one logit of a sequence"
              .formatted(head.width(), head.rows()));
    }
  }

  private static boolean positive(double factor) {
    return factor > 0 && factor < Double.POSITIVE_INFINITY;
  }

  private void distinct(String place, List<String> names) {
    Set<String> seen = new HashSet<>(names);
    if (seen.size() != names.size() || names.stream().anyMatch(String::isBlank)) {
      throw error(place, "are named %s, expected distinct names".formatted(names));
    }
  }

  private InvalidProgramException error(String place, String what) {
    return new InvalidProgramException("task %s: %s: %s".formatted(recursion.name(), place, what));
  }
}
