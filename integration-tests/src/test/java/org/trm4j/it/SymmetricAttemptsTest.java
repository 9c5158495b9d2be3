package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /** The possible values stay as a puzzle is turned: it is solved all the same. */
  @Test
  void anAttemptThatIsTurnedStillAnswersAboutThePuzzle() {
    SavedModel saved = Trm.standard().model("sudoku-9-deduction").read();
    List<Puzzle> puzzles = six("seed=4,minGivens=25,maxGivens=27");
    List<Answer> still = solve(saved, Map.of("symmetrySteps", 0, "frontier", 0), puzzles);
    List<Answer> turned = solve(saved, Map.of("symmetrySteps", 2, "frontier", 0), puzzles);
    List<Answer> again =
        solve(saved, Map.of("symmetrySteps", 2, "frontier", 0), puzzles.reversed()).reversed();
    int several = 0;
    for (int i = 0; i < 6; i++) {
      assertThat(again.get(i).drafts()).hasSameSizeAs(turned.get(i).drafts());
      assertThat(moved(turned.get(i), 0)).isEqualTo(moved(still.get(i), 0));
      if (turned.get(i).steps() > 2 && still.get(i).steps() > 2) {
        several++;
        assertThat(moved(turned.get(i), 1)).isEqualTo(moved(still.get(i), 1));
        assertThat(moved(turned.get(i), 2)).isNotEqualTo(moved(still.get(i), 2));
        assertThat(moved(again.get(i), 2)).isEqualTo(moved(turned.get(i), 2));
      }
    }
    assertThat(several).as("puzzles of several steps").isPositive();
    // Turned wrongly, the network would see other puzzles, and solve none.
    assertThat(turned.stream().filter(Answer::verified).count()).isGreaterThanOrEqualTo(3);
  }

  /** A search follows from the puzzle alone, and what it finds is an answer to the puzzle. */
  @Test
  void aSearchIsTheSameInAnyBatch() {
    SavedModel saved = Trm.standard().model("sudoku-9-deduction").read();
    List<Puzzle> puzzles = six("seed=5,minGivens=22,maxGivens=26,minResistance=120");
    Map<String, Number> search =
        Map.of("symmetrySteps", 2, "frontier", 2, "branchBelow", 0.97, "usualSteps", 60);
    List<Answer> found = solve(saved, search, puzzles);
    List<Answer> again = solve(saved, search, puzzles.reversed()).reversed();
    int branched = 0;
    for (int i = 0; i < 6; i++) {
      assertThat(again.get(i).tokens()).isEqualTo(found.get(i).tokens());
      assertThat(again.get(i).steps()).isEqualTo(found.get(i).steps()).isLessThanOrEqualTo(60);
      branched += found.get(i).steps() > 8 ? 1 : 0;
    }
    assertThat(branched).as("puzzles of several states").isPositive();
    assertThat(found.stream().filter(Answer::verified).count()).isGreaterThanOrEqualTo(3);
  }

  private static List<Puzzle> six(String options) {
    List<Puzzle> puzzles = new ArrayList<>();
    try (Dataset dataset = DataText.open("sudoku:size=9,train=6,test=0," + options)) {
      for (int i = 0; i < 6; i++) {
        puzzles.add(new Puzzle(dataset.split("train").get(i).tokens(), 0));
      }
    }
    return puzzles;
  }

  private static OptionalDouble moved(Answer answer, int draft) {
    return answer.drafts().get(draft).stateChange();
  }

  private static List<Answer> solve(
      SavedModel saved, Map<String, Number> changed, List<Puzzle> puzzles) {
    ModelDescription plain = saved.description();
    Map<String, Number> arguments = new HashMap<>(plain.policyArguments());
    arguments.putAll(changed);
    // Whether the network takes a view of a half solved puzzle for wrong is not asked here.
    arguments.put("conflictAbove", 0.9999);
    ModelDescription description =
        new ModelDescription(
            plain.config(), plain.policy(), arguments, plain.domain(), plain.domainOptions());
    try (TrmModel model =
        TrmModel.open(new SavedModel(description, saved.parameters(), Map.of()), "cpu-scalar", 2)) {
      return model.solveAll(puzzles, SolveOptions.DEFAULT.withDrafts(true).withDetails(true));
    }
  }

  /** Rows of three of which nobody said that they could be turned. */
  @Test
  void puzzlesWithoutSymmetriesAreNotTurned(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(file, "question,answer\n12.,123\n.23,123\n");
    try (Dataset dataset = DataText.open("grid:" + file + "?rows=1,columns=3")) {
      ModelConfig config = config(dataset.domain());
      TaskProgram task =
          Trm.standard().task("trm-deduction", Map.of("T", 1, "n", 1, "symmetrySteps", 2), config);
      assertThatThrownBy(() -> TaskRules.of(task, config, dataset.domain()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("symmetrySteps is 2, expected 0: the puzzles of grid have no");
      assertThatThrownBy(() -> TaskRules.of(task, config, null)).hasMessageContaining("domain");
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
