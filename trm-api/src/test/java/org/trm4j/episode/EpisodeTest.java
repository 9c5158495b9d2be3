package org.trm4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;
import org.trm4j.task.spi.TransitionProvider;

/** What a transition may know of a puzzle. */
class EpisodeTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(4, 1).tokens(3, 5).puzzleEmbedding(0, 0, 0).build();
  private static final int[] QUESTION = {1, 2, 3};
  private static final int[] LABELS = {4, 2, 3};

  /** Keeps the episodes that it was shown. */
  private static final class Seeing implements TransitionProvider, Transition {
    final List<Episode> episodes = new ArrayList<>();

    @Override
    public String id() {
      return "seeing";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "keeps what it sees";
    }

    @Override
    public PolicyArguments defaults() {
      return new PolicyArguments(Map.of());
    }

    @Override
    public Transition transition(
        PolicyArguments arguments, ModelConfig config, PuzzleDomain domain) {
      return this;
    }

    @Override
    public float[] begin(Episode episode) {
      episodes.add(episode);
      return new float[] {1};
    }

    @Override
    public Presented present(float[] memory, Episode episode) {
      return new Presented(Map.of(), Map.of());
    }

    @Override
    public Outcome next(float[] memory, Outputs outputs, Episode episode) {
      return new Outcome.Done(episode.question());
    }
  }

  private static TaskRules rules(Seeing transition) {
    Trm trm = Trm.builder().plugin(transition).build();
    TaskProgram task =
        new TaskProgram(
            trm.program("trm", Map.of("T", 1, "n", 1, "layers", 1)),
            new TaskProgram.Input.Tokens(),
            new Objective.Terms(
                List.of(Objective.Head.cells("logits", 5, "z_H")),
                List.of(
                    Objective.Term.of(
                        "right",
                        "logits",
                        Objective.Term.LossKind.SOFTMAX,
                        Objective.Term.Target.LABELS,
                        1))),
            new TaskProgram.TransitionUse("seeing", Map.of()));
    return Objects.requireNonNull(TaskRules.of(task, CONFIG, null, trm.plugins()));
  }

  @Test
  void nobodyKnowsTheAnswerWhileSolving() {
    Seeing transition = new Seeing();
    rules(transition).beginUnder(7, 3, QUESTION, null);
    Transition.Episode episode = transition.episodes.getFirst();
    assertThat(episode.question()).isEqualTo(QUESTION);
    assertThat(episode.step()).isZero();
    assertThat(episode.attempt()).isEqualTo(3);
    assertThat(episode.training()).isFalse();
    assertThatThrownBy(episode::answer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("transition: asked for the answer while solving");
  }

  @Test
  void trainingKnowsIt() {
    Seeing transition = new Seeing();
    TaskRules rules = rules(transition);
    TaskSlot slot = rules.begin(7, QUESTION, LABELS);
    Transition.Episode episode = transition.episodes.getFirst();
    assertThat(episode.training()).isTrue();
    assertThat(episode.attempt()).isZero();
    assertThat(episode.answer()).isEqualTo(LABELS);
    TaskSlot again = rules.resume(7, QUESTION, LABELS, 2, slot.memory());
    assertThat(again.step()).isEqualTo(2);
    assertThat(again.memory()).containsExactly(1);
  }

  /** Sets of possible tokens, classes and what counts turn together; numbers of a puzzle do not. */
  @Test
  void targetsTurnWithThePuzzle() {
    TaskRules rules = rules(new Seeing());
    TaskSlot still = rules.begin(7, QUESTION, LABELS);
    Objective.Head cells = Objective.Head.cells("logits", 5, "z_H");
    Objective.Head whole = new Objective.Head("conflict", Objective.Head.Rows.MEAN, 1, "z_H", 0);
    Transition.GivenTarget classes = still.labels();
    float[] sets = new float[15];
    sets[4] = 1;
    sets[5 + 2] = 1;
    sets[10 + 3] = 1;
    boolean[] counts = {true, false, true};
    Transition.GivenTarget possible = new Transition.GivenTarget(sets, counts);
    assertThat(still.seen(possible, cells, false)).isSameAs(possible);
    // Cells 1, 2, 0; tokens 2, 3 and 4 become 3, 4 and 2.
    Symmetry symmetry = Symmetry.of(new int[] {1, 2, 0}, new int[] {0, 1, 3, 4, 2});
    TaskSlot slot = new TaskSlot(rules, 7, 0, QUESTION, LABELS, 0, null, symmetry);
    assertThat(slot.seen(classes, cells, true).values()).containsExactly(3, 4, 2);
    Transition.GivenTarget seen = slot.seen(possible, cells, false);
    assertThat(seen.counts()).containsExactly(false, true, true);
    float[] turned = new float[15];
    turned[3] = 1;
    turned[5 + 4] = 1;
    turned[10 + 2] = 1;
    assertThat(seen.values()).containsExactly(turned);
    Transition.GivenTarget one = Transition.GivenTarget.everyRow(new float[] {1}, 1);
    assertThat(slot.seen(one, whole, false)).isSameAs(one);
  }

  @Test
  void drawsFollowFromTheKeyAndTheStep() {
    Seeing transition = new Seeing();
    TaskRules rules = rules(transition);
    long first = rules.begin(7, QUESTION, null).random().nextLong();
    assertThat(rules.begin(7, new int[] {0, 0, 0}, LABELS).random().nextLong()).isEqualTo(first);
    assertThat(rules.begin(8, QUESTION, null).random().nextLong()).isNotEqualTo(first);
    assertThat(rules.resume(7, QUESTION, LABELS, 1, new float[1]).random().nextLong())
        .isNotEqualTo(first);
  }
}
