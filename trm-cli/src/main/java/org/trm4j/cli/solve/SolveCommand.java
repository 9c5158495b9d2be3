package org.trm4j.cli.solve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.Draft;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.backend.QuickBackend;
import org.trm4j.cli.data.AnimatedDrafts;
import org.trm4j.cli.models.ModelChoice;
import org.trm4j.cli.models.StepsMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.cli.terminal.InterruptedCommandException;
import org.trm4j.cli.terminal.OptionValue;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.frontend.HaltingText;
import org.trm4j.halting.spi.HaltingPolicy;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves puzzles. */
@Command(
    name = "solve",
    mixinStandardHelpOptions = true,
    description = {
      "Solves puzzles with a model and checks the answers by the puzzle's own rules.",
      "Without --model it uses the model in the box for puzzles of this form,",
      "and where its first attempt does not verify, up to 16 more, unless --attempts says how"
          + " many.",
      "Exit code 1 if an answer was checked and is wrong, or a line of --file is not a puzzle."
    },
    footer = {
      "",
      "Examples:",
      "  trm solve"
          + " 53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
          + " --trace",
      "  trm solve --model runs/demo .1.4.3...2.3.412 --trace",
      "  trm solve --model runs/demo --file puzzles.txt --json",
      "  grep -v 9 puzzles.txt | trm solve --model runs/demo --file -",
      "  trm solve --model M --puzzle 53..7... --steps 64 --halt verified,halt-head=0.99 --attempts"
          + " 16 --sigma 0.3"
    })
public final class SolveCommand implements Callable<Integer> {
  private static final int MORE_ATTEMPTS = 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = {ModelChoice.HELP, "Default: the one in the box that fits the puzzle."})
  private @Nullable String model;

  @Option(
      names = "--grid",
      paramLabel = "KEY=VALUE",
      description =
          "The size of the puzzle, such as size=12, where that of the model is another: a convolution takes every grid. With --model.")
  private Map<String, String> grid = Map.of();

  @ArgGroup(multiplicity = "1")
  private Source source;

  private static final class Source {
    @Parameters(
        index = "0",
        arity = "1",
        paramLabel = "PUZZLE",
        description = {
          "A puzzle, cell by cell, . 0 _ * or - for an open cell; or as it was pasted: with spaces"
              + " and borders, as a list of lists.",
          "Write a puzzle that begins with - as --puzzle=-5.."
        })
    private @Nullable String text;

    @Option(names = "--puzzle", paramLabel = "TEXT", description = "The same.")
    private @Nullable String puzzle;

    @Option(
        names = "--file",
        paramLabel = "F",
        description = {
          "A file of puzzles, in any form that trm data reads, with its options after ?; - reads"
              + " standard input.",
          "A line that is not a puzzle is reported; the others are solved, and the exit code is 1."
        })
    private @Nullable String file;

    @Nullable String puzzle() {
      return text == null ? puzzle : text;
    }
  }

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "The task that the puzzles belong to, for a model that was trained on several, such as"
              + " one for ARC; its number if the model does not know names.")
  private @Nullable String task;

  @Mixin private StepsMixin steps;

  @Option(
      names = "--halt",
      paramLabel = "POLICY",
      defaultValue = "verified",
      description =
          "When to stop before that; `trm plugins` lists policies, `,` means or, `+` means and."
              + " Default: ${DEFAULT-VALUE}.")
  private String halt;

  @Option(
      names = "--choose",
      defaultValue = "VERIFIER",
      description =
          "Which attempt's answer is taken: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Attempts.Choice choice;

  @Option(names = "--trace", description = "Show the draft after every step.")
  private boolean trace;

  @Option(
      names = "--svg",
      paramLabel = "F",
      description = "Write the drafts of one puzzle as an animated picture.")
  private @Nullable Path svg;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AttemptsMixin attempts;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SolveCommand() {}

  @Override
  public Integer call() throws IOException {
    if (svg != null && source.puzzle() == null) {
      throw new IllegalArgumentException(
          "solve: --svg draws one puzzle, expected PUZZLE, not --file");
    }
    ModelChoice.Chosen chosen = choose();
    PuzzleLines questions = questions(chosen.saved().description());
    HaltingPolicy policy = OptionValue.of("--halt", () -> HaltingText.parse(halt));
    Attempts noise = attempts.of(choice, chosen.saved().description());
    long total = (long) questions.lines().size() * attempts.count();
    PrintWriter err = spec.commandLine().getErr();
    int most = steps.steps(chosen.saved().description().usualSteps());
    try (TrmModel trm = QuickBackend.open(chosen.saved(), backend, total, most);
        StopCheck stop = new StopCheck(err)) {
      SolveOptions options =
          steps
              .in(SolveOptions.DEFAULT)
              .withHalting(stop.in(policy))
              .withDrafts(trace || svg != null)
              .withAttempts(noise);
      if (model == null && !json) {
        new Console(spec.commandLine().getOut())
            .styled("@|faint model in the box: %s|@".formatted(named(chosen)));
      }
      return solve(trm, chosen.saved(), questions, options, stop);
    }
  }

  private static String named(ModelChoice.Chosen chosen) {
    return chosen.others().isEmpty()
        ? chosen.name()
        : "%s; --model %s asks another"
            .formatted(chosen.name(), String.join(" or --model ", chosen.others()));
  }

  /** Returns the model that the user names, or the one that fits the first puzzle. */
  private ModelChoice.Chosen choose() throws IOException {
    String named = model;
    if (named != null) {
      SavedModel read = ModelChoice.read(named, spec.commandLine().getErr());
      return new ModelChoice.Chosen(
          named, grid.isEmpty() ? read : ModelChoice.onGrid(read, grid), List.of());
    }
    if (!grid.isEmpty()) {
      throw new IllegalArgumentException(
          "solve: --grid needs --model, one with the mixer CONVOLUTION such as maze-15");
    }
    String puzzle = source.puzzle();
    if (puzzle != null) {
      return ModelChoice.forPuzzle(puzzle);
    }
    throw new IllegalArgumentException(
        "solve: --file needs --model: a run folder, a model file, or one of trm models");
  }

  private PuzzleLines questions(ModelDescription model) throws IOException {
    String puzzle = source.puzzle();
    return puzzle == null
        ? PuzzleLines.read(Objects.requireNonNull(source.file), System.in, model)
        : PuzzleLines.of(puzzle, model);
  }

  private int solve(
      TrmModel trm, SavedModel saved, PuzzleLines questions, SolveOptions options, StopCheck stop)
      throws IOException {
    Console console = new Console(spec.commandLine().getOut());
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    List<Map<String, Object>> printed = new ArrayList<>();
    boolean good = true;
    try {
      for (PuzzleLines.Line question : questions.lines()) {
        stop.check();
        try {
          Puzzle puzzle = trm.parse(question.text(), task);
          Answer answer = trm.solve(puzzle, options);
          if (!acceptable(answer) && triesAgain()) {
            answer = solveAgain(saved, puzzle, options);
          }
          good &= acceptable(answer);
          printed.add(values(trm, answer));
          if (json) {
            status.showSometimes(() -> StatusLine.puzzles(printed.size()) + " solved");
          } else {
            print(console, trm.domain().orElseThrow(), answer, trace);
          }
          if (svg != null) {
            PuzzleDomain domain = trm.domain().orElseThrow();
            Files.writeString(svg, AnimatedDrafts.draw(domain.codec(), answer));
          }
        } catch (InvalidPuzzleException e) {
          if (source.puzzle() != null) {
            throw e;
          }
          good = false;
          String place = questions.name() + ": line " + question.number();
          printed.add(Map.of("line", question.number(), "error", String.valueOf(e.getMessage())));
          Failures.print(spec.commandLine().getErr(), place + ": " + e.getMessage());
        }
      }
    } catch (InterruptedCommandException e) {
      status.clear();
      if (json) {
        console.json(printed);
      }
      throw new InterruptedCommandException(
          "after %s of %s puzzles".formatted(printed.size(), questions.lines().size()));
    }
    status.clear();
    if (json) {
      console.json(printed);
    }
    return good ? 0 : 1;
  }

  /** A model in the box that nobody set up is given what usually helps. */
  private boolean triesAgain() {
    return model == null && !spec.commandLine().getParseResult().hasMatchedOption("--attempts");
  }

  /** More attempts are more work, for which another backend may be the right one. */
  private Answer solveAgain(SavedModel saved, Puzzle puzzle, SolveOptions options) {
    int most = steps.steps(saved.description().usualSteps());
    try (TrmModel trm = QuickBackend.open(saved, backend, MORE_ATTEMPTS, most)) {
      return trm.solve(puzzle, options.withAttempts(Attempts.usual(trm, MORE_ATTEMPTS)));
    }
  }

  private static boolean acceptable(Answer answer) {
    return switch (answer.verification().outcome()) {
      case CORRECT, UNVERIFIABLE -> true;
      case WRONG -> false;
    };
  }

  private static Map<String, Object> values(TrmModel trm, Answer answer) {
    PuzzleDomain domain = trm.domain().orElseThrow();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("question", domain.codec().decode(answer.question()));
    values.put("answer", answer.text());
    values.put("verified", answer.verified());
    values.put("verification", answer.verification().outcome());
    values.put("detail", answer.verification().detail());
    values.put("ending", answer.ending());
    values.put("confidence", answer.confidence());
    values.put("steps", answer.steps());
    values.put("attempt", answer.attempt());
    values.put("totalSteps", answer.totalSteps());
    if (!answer.drafts().isEmpty()) {
      values.put("drafts", answer.drafts().stream().map(Draft::text).toList());
    }
    return values;
  }

  public static void print(Console console, PuzzleDomain domain, Answer answer, boolean trace) {
    GridPrinter printer = new GridPrinter(domain.codec());
    List<Draft> drafts = trace ? answer.drafts() : List.of();
    int[] previous = null;
    for (Draft draft : drafts) {
      console.line(AnimatedDrafts.caption(draft));
      console.styled(printer.draw(answer.question(), draft.tokens(), previous, null));
      previous = draft.tokens();
    }
    if (drafts.isEmpty()) {
      console.styled(printer.draw(answer.question(), answer.tokens(), answer.question(), null));
    }
    String verdict =
        switch (answer.verification().outcome()) {
          case CORRECT -> "@|bold,green verified|@";
          case WRONG -> "@|bold,red wrong|@: " + answer.verification().detail();
          case UNVERIFIABLE -> "@|yellow unverified|@";
        };
    console.styled(
        "%s after %s step%s%s%s"
            .formatted(
                verdict,
                answer.steps(),
                answer.steps() == 1 ? "" : "s",
                answer.totalSteps() == answer.steps()
                    ? ""
                    : " (%s in all attempts)".formatted(answer.totalSteps()),
                answer.haltLogit() == 0
                    ? ""
                    : String.format(
                        Locale.ROOT, ", confidence %.1f%%", 100 * answer.confidence())));
    console.line(answer.text());
  }
}
