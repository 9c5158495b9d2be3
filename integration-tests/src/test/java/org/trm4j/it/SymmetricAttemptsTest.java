package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TaskSession;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.frontend.DataText;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/** Attempts see a puzzle under its symmetries; everybody else sees it as it is. */
class SymmetricAttemptsTest {
  private static ModelConfig config(PuzzleDomain domain) {
    return ModelConfig.builder()
        .hidden(16, 2)
        .tokens(domain.seqLen(), domain.vocabSize())
        .puzzleEmbedding(0, 0, 0)
        .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
        .build();
  }

  /** A network that was never trained treats no two forms of a maze alike. */
  @Test
  void everyAttemptSeesAnotherFormAndAnswersAboutTheFirst() {
    try (Dataset dataset = DataText.open("maze:size=5,train=4,test=0");
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      PuzzleDomain domain = dataset.domain();
      int[] question = dataset.split("train").get(0).tokens();
      ModelDescription description =
          new ModelDescription(
              config(domain), "trm", Map.of("T", 1, "n", 1), domain.id(), domain.options());
      Plan plan = Plan.lower(description.config(), description.program());
      SavedModel saved =
          new SavedModel(
              description, ParameterInitializer.initialize(plan.parameters(), 3), Map.of());
      List<Symmetry> all = domain.symmetries().orElseThrow().all(question);
      List<int[]> expected = new ArrayList<>();
      try (LoadedModel loaded = backend.load(plan, saved.parameters());
          InferenceSession session = loaded.open(1)) {
        for (Symmetry symmetry : all) {
          session.start(0, symmetry.apply(question), 0);
          session.step();
          int[] draft = new int[question.length];
          session.predictions(0, draft);
          expected.add(symmetry.inverse().apply(draft));
        }
      }
      List<int[]> found = new ArrayList<>(Collections.nCopies(8, new int[0]));
      SolveOptions options =
          SolveOptions.DEFAULT
              .withMaxSteps(1)
              .withHalting(progress -> false)
              .withListener((puzzle, draft) -> found.set(draft.attempt(), draft.tokens()))
              .withAttempts(Attempts.of(all.size()).withSymmetries(true));
      try (TrmModel model = TrmModel.open(saved, backend)) {
        Answer answer = model.solve(new Puzzle(question, 0), options);
        assertThat(answer.question()).isEqualTo(question);
        assertThat(answer.tokens()).isEqualTo(expected.get(answer.attempt()));
      }
      assertThat(found).hasSize(8);
      for (int attempt = 0; attempt < 8; attempt++) {
        assertThat(found.get(attempt)).as("attempt %s", attempt).isEqualTo(expected.get(attempt));
      }
      Set<String> different = new HashSet<>();
      expected.forEach(draft -> different.add(Arrays.toString(draft)));
      assertThat(different).hasSizeGreaterThan(4);
    }
  }

  /** Deduction decides the same, whatever form of the puzzle its network sees. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aTransitionSeesThePuzzleAsItIs(long seed) {
    try (Dataset dataset = DataText.open("sudoku:size=4,train=9,test=0")) {
      PuzzleDomain domain = dataset.domain();
      ModelConfig config = config(domain);
      TaskProgram task =
          Trm.standard().task("trm-deduction", Map.of("T", 1, "n", 1, "layers", 1), config);
      TaskRules rules = TaskRules.of(task, config, domain);
      int[] question = dataset.split("train").get((int) seed).tokens();
      SplittableRandom random = new SplittableRandom(seed);
      Symmetry symmetry = domain.symmetries().orElseThrow().draw(question, random);
      int width = domain.vocabSize();
      Heads plain = new Heads(null, width);
      Heads turned = new Heads(symmetry, width);
      TaskSlot one = rules.begin(seed, question, null);
      TaskSlot other = rules.beginUnder(seed, 1, question, symmetry);
      one.show(plain, 0);
      other.show(turned, 0);
      boolean changed = false;
      for (int step = 1; step <= 4; step++) {
        assertThat(turned.shown).isEqualTo(symmetry.applyToRows(plain.shown, width));
        float[] logits = new float[question.length * width];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = 8 * random.nextFloat() - 4;
        }
        plain.canonical = logits;
        turned.canonical = logits;
        float[] before = plain.shown;
        Transition.Outcome expected = one.stepped(plain, 0, step);
        Transition.Outcome found = other.stepped(turned, 0, step);
        assertThat(found.draft()).isEqualTo(expected.draft());
        assertThat(found.getClass()).isEqualTo(expected.getClass());
        assertThat(other.memory()).isEqualTo(one.memory());
        changed |= !Arrays.equals(before, plain.shown);
        if (!(expected instanceof Transition.Outcome.Continue)) {
          break;
        }
      }
      assertThat(changed || one.step() < 4).as("whether anything happened").isTrue();
    }
  }

  /** Gives the same logits to everybody, to one of two under a symmetry. */
  private static final class Heads implements TaskSession {
    private final Symmetry symmetry;
    private final int width;
    float[] shown = {};
    float[] canonical = {};

    Heads(Symmetry symmetry, int width) {
      this.symmetry = symmetry;
      this.width = width;
    }

    @Override
    public void feed(int slot, String input, float[] values) {
      shown = values.clone();
    }

    @Override
    public void read(String output, int slot, float[] target) {
      if (target.length == 1) {
        target[0] = -5;
        return;
      }
      float[] seen = symmetry == null ? canonical : symmetry.applyToRows(canonical, width);
      System.arraycopy(seen, 0, target, 0, target.length);
    }
  }
}
