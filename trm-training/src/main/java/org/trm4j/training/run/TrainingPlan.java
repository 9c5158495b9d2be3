package org.trm4j.training.run;

import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.plan.Plan;
import org.trm4j.recursion.RecursionProgram;

/** The plan that a model is trained by. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class TrainingPlan {
  private TrainingPlan() {}

  /**
   * Lowers a model's program for sequences of at most {@code maxSteps} supervision steps. Where
   * there is one only, nothing can be continued, and the published code trains no {@code
   * q_continue}.
   */
  public static Plan of(ModelDescription description, int maxSteps) {
    return Plan.lower(
        description.config(), description.task().withRecursion(program(description, maxSteps)));
  }

  /** Returns the program that is lowered. */
  public static RecursionProgram program(ModelDescription description, int maxSteps) {
    RecursionProgram program = description.program();
    return maxSteps > 1 || !program.continueTarget() ? program : program.withoutContinueTarget();
  }
}
