package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.halting.spi.Progress;
import org.trm4j.tck.sample.ScriptedProgress;

/** The contract of a halting policy. A policy's test extends it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class HaltingPolicyContract {
  private static final int PUZZLES = 200;
  private static final int STEPS = 16;
  private static final int THREADS = 4;

  /** For subclasses. */
  protected HaltingPolicyContract() {}

  /** Returns the policy's provider. */
  protected abstract HaltingPolicyProvider provider();

  /**
   * Returns arguments that the policy must refuse; by default one that no policy accepts. The
   * policy refuses each with an {@link IllegalArgumentException} in one line that names the policy.
   */
  protected List<String> wrongArguments() {
    return List.of("no-such-argument");
  }

  private HaltingPolicy policy() {
    return provider().policy(provider().defaultArgument());
  }

  /** The policy is registered, and describes itself. */
  @Test
  protected void isDiscovered() {
    HaltingPolicyProvider provider = provider();
    assertThat(provider.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.spiVersion())
        .as("SPI version")
        .isEqualTo(HaltingPolicyProvider.SPI_VERSION);
    assertThat(provider.description()).as("description").isNotBlank().doesNotContain("\n");
    // Users combine policies with these two separators.
    assertThat(provider.defaultArgument()).as("default argument").doesNotContain(",", "+");
    assertThat(Trm.standard().plugins().haltingPolicies().get(provider.id()))
        .as("the registered policy %s", provider.id())
        .hasSameClassAs(provider);
  }

  /** Wrong arguments are refused when the policy is created, not while a puzzle is solved. */
  @Test
  protected void refusesWrongArguments() {
    for (String argument : wrongArguments()) {
      assertThatThrownBy(() -> provider().policy(argument))
          .as("argument %s", argument)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(provider().id())
          .hasMessageContaining(argument)
          .hasMessageNotContaining("\n");
    }
  }

  /** The decision follows from what the policy sees now, not from what it saw before. */
  @Test
  protected void isStateless() {
    HaltingPolicy policy = policy();
    List<ScriptedProgress> all = ScriptedProgress.puzzles(PUZZLES, STEPS, policy.reads());
    List<Boolean> first = decisions(policy, all);
    List<ScriptedProgress> backwards = new ArrayList<>(all);
    Collections.reverse(backwards);
    List<Boolean> again = decisions(policy, backwards);
    Collections.reverse(again);
    assertThat(again).as("decisions in another order").isEqualTo(first);
    assertThat(decisions(policy(), all)).as("decisions of another instance").isEqualTo(first);
  }

  private static List<Boolean> decisions(HaltingPolicy policy, List<ScriptedProgress> all) {
    List<Boolean> decisions = new ArrayList<>();
    all.forEach(progress -> decisions.add(policy.halt(progress)));
    return decisions;
  }

  /** One policy serves solves of several threads at a time. */
  @Test
  protected void isThreadSafe() throws Exception {
    HaltingPolicy policy = policy();
    List<ScriptedProgress> all = ScriptedProgress.puzzles(PUZZLES, STEPS, policy.reads());
    List<Boolean> expected = decisions(policy, all);
    List<Callable<List<Boolean>>> tasks =
        Collections.nCopies(THREADS, () -> decisions(policy, all));
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<Boolean>> found : threads.invokeAll(tasks)) {
        assertThat(found.get()).as("decisions of several threads at a time").isEqualTo(expected);
      }
    }
  }

  /**
   * A policy does not read a change that {@link HaltingPolicy#reads} does not name, because it is
   * not measured.
   */
  @Test
  protected void asksOnlyForTheChangesThatItNames() {
    HaltingPolicy policy = policy();
    // ScriptedProgress throws for every other change.
    for (ScriptedProgress progress : ScriptedProgress.puzzles(PUZZLES, STEPS, policy.reads())) {
      policy.halt(progress);
    }
    assertThat(policy.reads()).as("changes, asked twice").isEqualTo(policy.reads());
    assertThat(policy.reads()).as("changes").isSubsetOf(List.of(Progress.Change.values()));
    assertThat(policy.or(policy).reads()).as("changes of a combination").isEqualTo(policy.reads());
  }

  /** NaN and infinite values of a broken model must not make the policy fail. */
  @Test
  protected void takesAnyNumbers() {
    HaltingPolicy policy = policy();
    for (float logit :
        new float[] {
          Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f, 1e30f, -1e30f
        }) {
      ScriptedProgress progress = ScriptedProgress.of(logit, policy.reads());
      assertThat(policy.halt(progress))
          .as("decision on q_halt %s, asked twice", logit)
          .isEqualTo(policy.halt(progress));
    }
  }
}
