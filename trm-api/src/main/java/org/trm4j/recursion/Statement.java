package org.trm4j.recursion;

import java.util.List;
import org.apiguardian.api.API;

/** A statement of a {@link RecursionProgram}. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public sealed interface Statement {

  /**
   * {@code state <- mix(module(sum of hidden, sum of injection))}.
   *
   * @param state the state that is replaced
   * @param module the module that is applied
   * @param hidden names of the states (or {@code x}, the embedded input) that are summed as h
   * @param injection names of the states (or {@code x}) that are added to it; may be empty
   * @param mix how the module's value enters the state
   */
  record Update(String state, String module, List<String> hidden, List<String> injection, Mix mix)
      implements Statement {
    /** Copies the lists. */
    public Update {
      hidden = List.copyOf(hidden);
      injection = List.copyOf(injection);
    }
  }

  /**
   * Runs the body several times.
   *
   * @param times at least 1
   * @param body the repeated statements
   */
  record Repeat(int times, List<Statement> body) implements Statement {
    /** Copies the body. */
    public Repeat {
      body = List.copyOf(body);
    }
  }

  /**
   * Runs the body and remembers nothing for the gradient.
   *
   * @param body the statements
   */
  record WithoutGradient(List<Statement> body) implements Statement {
    /** Copies the body. */
    public WithoutGradient {
      body = List.copyOf(body);
    }
  }

  /**
   * A loss of the task's terms on what the heads read now; without one there is one at the end of
   * the step. With several, the loss is their mean, and what is reported is the last one's. Only in
   * a region with gradient.
   */
  record Supervise() implements Statement {}

  /**
   * Cuts the gradient: what is computed from these states from here on sends none back through
   * them. Only in a region with gradient.
   *
   * @param states at least one
   */
  record Detach(List<String> states) implements Statement {
    /** Copies the list. */
    public Detach {
      states = List.copyOf(states);
    }
  }

  /**
   * Runs the body and lets the loss's gradient through it.
   *
   * @param body the statements
   */
  record WithGradient(List<Statement> body) implements Statement {
    /** Copies the body. */
    public WithGradient {
      body = List.copyOf(body);
    }
  }

  /**
   * How an update enters its state: {@code state <- (1 - lambda) state + lambda module(...) + sigma
   * normal} (arXiv 2605.21488).
   *
   * @param lambda the share of the new value, more than 0 and at most 1
   * @param sigma standard deviation of the noise, in training and in solving; 0 for none
   */
  record Mix(double lambda, double sigma) {
    /** The new value replaces the old one. */
    public static final Mix REPLACE = new Mix(1, 0);

    /** Returns whether the new value replaces the old one, without noise. */
    public boolean replaces() {
      return lambda == 1 && sigma == 0;
    }
  }
}
