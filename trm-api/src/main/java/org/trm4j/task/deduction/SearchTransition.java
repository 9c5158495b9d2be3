package org.trm4j.task.deduction;

import java.util.Map;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/**
 * Deduction by best-first search while solving: an unsure decision becomes several states, one for
 * each value that the cell is likely to have. The network looks at each new state from fresh latent
 * states for {@link DeductionRule#symmetrySteps} steps, in which values go and sure decisions are
 * made. Then the next decision is taken in the state that, of all that wait for theirs, it found
 * the least contradictory in its last look. So what tells a right decision from a wrong one is not
 * how likely it looked before it was made, but what the network says after it. A state that it
 * finds contradictory gets no further look, but waits too, unless it is sure: some such alarms are
 * false. An attempt ends with the first state that is solved, or when none is left.
 *
 * <p>If no value of any cell is sure, the cell is decided whose two likeliest values are together
 * the most probable: a third value is then seldom the right one, and a right one that is left out
 * cannot be found again.
 *
 * <p>In training it is {@link DeductionTransition}.
 */
final class SearchTransition implements Transition {
  private final DeductionRule rule;
  private final SearchRule search;
  private final DeductionTransition single;
  private final int vocabulary;

  SearchTransition(
      DeductionRule rule, SearchRule search, DeductionTransition single, int vocabulary) {
    this.rule = rule;
    this.search = search;
    this.single = single;
    this.vocabulary = vocabulary;
  }

  @Override
  public int symmetrySteps() {
    return rule.symmetrySteps();
  }

  @Override
  public int stepsSinceTurn(float[] memory, Episode episode) {
    return episode.training()
        ? single.stepsSinceTurn(memory, episode)
        : frontier(memory, episode).looks();
  }

  @Override
  public float[] begin(Episode episode) {
    float[] state = single.begin(episode);
    if (episode.training()) {
      return state;
    }
    return Frontier.memory(single.state(state, episode), search.frontier());
  }

  @Override
  public Presented present(float[] memory, Episode episode) {
    return episode.training()
        ? single.present(memory, episode)
        : new Presented(Map.of(TaskProgram.SETS, frontier(memory, episode).state()), Map.of());
  }

  private Frontier frontier(float[] memory, Episode episode) {
    return new Frontier(memory, episode.question().length * vocabulary, vocabulary);
  }

  @Override
  public Outcome next(float[] memory, Outputs outputs, Episode episode) {
    if (episode.training()) {
      return single.next(memory, outputs, episode);
    }
    Frontier frontier = frontier(memory.clone(), episode);
    float[] before = frontier.state();
    float[] value = outputs.logits(DeductionTask.VALUE);
    float conflict = outputs.logits(DeductionTask.CONFLICT)[0];
    DeductionRule.Left left =
        rule.eliminate(
            before, single.given(episode.question()), outputs.logits(DeductionTask.KEEP));
    int[] draft = single.draft(before, left.state(), value);
    boolean alarm = rule.conflicts(conflict);
    if (left.empty() || alarm && (left.open() == 0 || search.sure(conflict))) {
      frontier.drop();
    } else if (left.open() == 0) {
      return new Outcome.Done(draft);
    } else {
      frontier.looked(left.state(), conflict);
      go(frontier, left, new Decision(left.state(), value, vocabulary, episode.random()), alarm);
    }
    return frontier.isEmpty()
        ? new Outcome.Restart(draft)
        : new Outcome.Continue(draft, frontier.memory());
  }

  /** Goes on after a look: to the next one at this state, or to the next state. */
  private void go(Frontier frontier, DeductionRule.Left left, Decision decision, boolean alarm) {
    int cell = decision.surest(left.open());
    boolean sure = decision.sureness(cell) >= search.branchBelow();
    if (alarm || frontier.looks() == rule.symmetrySteps()) {
      int decided = sure ? cell : decision.narrowest(left.open());
      frontier.decide(decided, decision.likeliest(decided, search.branchBelow(), Frontier.VALUES));
    } else if (sure) {
      frontier.take(cell, decision.likeliest(cell, -1));
    }
  }
}
