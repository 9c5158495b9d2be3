package org.trm4j.task.deduction;

import java.util.Map;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/**
 * Deduction by beam search while solving: an unsure decision becomes two states, one for each of
 * the two likeliest values of the surest cell. The network looks at one state after another, at
 * each from fresh latent states for {@link DeductionRule#symmetrySteps} steps, in which values go
 * and sure decisions are made. Then the states whose logits of contradiction have the least mean
 * stay, {@link BeamRule#width} at most, and each is decided on. So what tells a right decision from
 * a wrong one is not how likely it looked before it was made, but what the network says after it.
 * An attempt ends with the first state that is solved, or when none is left.
 *
 * <p>In training it is {@link DeductionTransition}.
 */
final class BeamTransition implements Transition {
  private final DeductionRule rule;
  private final BeamRule search;
  private final DeductionTransition single;
  private final int vocabulary;

  BeamTransition(DeductionRule rule, BeamRule search, DeductionTransition single, int vocabulary) {
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
        : beam(memory, episode).looks();
  }

  @Override
  public float[] begin(Episode episode) {
    float[] state = single.begin(episode);
    if (episode.training()) {
      return state;
    }
    return Beam.memory(single.state(state, episode), search.width());
  }

  @Override
  public Presented present(float[] memory, Episode episode) {
    return episode.training()
        ? single.present(memory, episode)
        : new Presented(Map.of(TaskProgram.SETS, beam(memory, episode).state()), Map.of());
  }

  private Beam beam(float[] memory, Episode episode) {
    return new Beam(memory, episode.question().length * vocabulary, vocabulary);
  }

  @Override
  public Outcome next(float[] memory, Outputs outputs, Episode episode) {
    if (episode.training()) {
      return single.next(memory, outputs, episode);
    }
    Beam beam = beam(memory.clone(), episode);
    float[] before = beam.state();
    float[] value = outputs.logits(DeductionTask.VALUE);
    float conflict = outputs.logits(DeductionTask.CONFLICT)[0];
    DeductionRule.Left left =
        rule.eliminate(
            before, single.given(episode.question()), outputs.logits(DeductionTask.KEEP));
    int[] draft = single.draft(before, left.state(), value);
    if (left.empty() || rule.conflicts(conflict)) {
      beam.drop();
    } else if (left.open() == 0) {
      return new Outcome.Done(draft);
    } else {
      look(beam, left, new Decision(left.state(), value, vocabulary, episode.random()), conflict);
    }
    return beam.isEmpty() ? new Outcome.Restart(draft) : new Outcome.Continue(draft, beam.memory());
  }

  private void look(Beam beam, DeductionRule.Left left, Decision decision, float conflict) {
    int cell = decision.surest(left.open());
    int first = decision.likeliest(cell, -1);
    boolean sure = decision.sureness(cell) >= search.branchBelow();
    boolean last = beam.looks() + 1 == rule.symmetrySteps();
    beam.looked(left.state(), conflict);
    if (last) {
      beam.decide(cell, first, sure ? -1 : decision.likeliest(cell, first));
    } else if (sure) {
      beam.take(cell, first);
    }
  }
}
