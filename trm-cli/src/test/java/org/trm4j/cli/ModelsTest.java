package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.cli.terminal.Failures;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models in the box solve without training, are listed, and are packed of a run. */
class ModelsTest {
  private static final String FILES = "src/main/resources/META-INF/trm/models/tiny/";
  private static final String PUZZLE_WIDTH = "--set=model.puzzleEmbDim=32";
  private static final String CARD =
      "# tiny\n\n<!-- figures: written by trm models pack -->\nold\n<!-- end of the figures -->\n\nend\n";

  private static final String FOUR = "3.1.4..2.......1";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {FOUR, "3_1_4__2_______1", "3010400200000001", "3.1. 4..2 .... ...1"})
  void aPuzzleIsEnough(String puzzle) {
    Run run = Run.of("solve", puzzle, "--trace");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("model in the box: sudoku-4 ", "step 1, halting head", "verified after")
        .endsWith("3214413214232341\n");
  }

  @Test
  void theModelFollowsFromThePuzzlesForm() throws Exception {
    Run run = Run.of("solve", ".6.14..1...6....2.2...533...........", "--json");
    JsonNode answer = new JsonMapper().readTree(run.out()).get(0);
    assertThat(answer.get("answer").stringValue())
        .isEqualTo("563142412536635421241653356214124365");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".S..#.G\n#.#.#.#\n..#.#..\n.#..##.\n..##...\n#.#..#.\n....#..",
        ".S..#.G/#.#.#.#/..#.#../.#..##./..##.../#.#..#./....#.."
      })
  void aMazeIsSolvedByItsModel(String maze) {
    Run run = Run.of("solve", maze);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("model in the box: maze-7 ", "verified after")
        .endsWith(" S  #oG#o# #o#oo# #ooo#  ##ooo##ooo#o#oo#  ooo#  \n");
  }

  @Test
  void aNineByNineIsSolvedInAsManyAttemptsAsItTakes() {
    String nine =
        "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
    Run run = Run.of("solve", nine);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "model in the box: sudoku-9 ",
            "; --model sudoku-9-deduction asks another",
            "verified after")
        .endsWith(
            "534678912672195348198342567859761423426853791713924856961537284287419635345286179\n");
  }

  /** The rule between its steps has no opinion of an answer until it ends the attempt. */
  @Test
  void aModelWithoutAHaltingHeadNamesNoConfidence() {
    String nine =
        "..68259..9..7.34...7..6.21...9.8..473..1..8.....2.7.39...54..9.48.97...2.9..3....";
    Run run = Run.of("solve", nine, "--model", "sudoku-9-deduction", "--trace");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("step 1\n", "verified after 1 step\n")
        .doesNotContain("confidence", "halting head");
  }

  @Test
  void theDraftsMakeAPictureThatMoves() throws Exception {
    Path picture = folder.resolve("solving.svg");
    Run run = Run.of("solve", FOUR, "--svg", picture.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("step 1, halting head");
    String svg = Files.readString(picture);
    assertThat(svg).contains("@keyframes f1{", "step 1, halting head", ": verified</text>");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    Run many = Run.of("solve", "--model", "sudoku-4", "--file", "F", "--svg", picture.toString());
    assertThat(many.code()).isEqualTo(2);
    assertThat(many.err()).contains("--svg draws one puzzle");
  }

  @Test
  void aModelInTheBoxHasAName() {
    Run solved = Run.of("solve", "--model", "sudoku-4", FOUR);
    assertThat(solved.code()).as(solved.err()).isZero();
    assertThat(Run.of("info", "sudoku-4").out())
        .contains("126,850 trained parameters", "at most 16 supervision steps");
    assertThat(Run.of("info", "sudoku-9-deduction").out())
        .contains("an attempt has at most 400 supervision steps");
    Run evaluated =
        Run.of("eval", "--model", "sudoku-4", "--data", "sudoku:size=4,train=0,test=9", "--json");
    assertThat(new JsonMapper().readTree(evaluated.out()).get("puzzles").intValue()).isEqualTo(9);
  }

  @Test
  void whatNoModelTakesIsRefusedInOneLine() {
    refused(Run.of("solve", "1234567"), "puzzle of 7 characters", "sudoku-4 (16 characters)");
    refused(Run.of("solve", "11.............."), "the givens contradict each other: row 1");
    refused(Run.of("solve", "x..............."), "character 'x' at position 1");
    refused(Run.of("solve", "--model", "sudoku-5", FOUR), "sudoku-5: no such file", "sudoku-4");
    refused(Run.of("solve", "--file", folder.resolve("f")), "--file needs --model");
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(Failures.BAD_INPUT);
    assertThat(run.err().strip()).hasLineCount(1).startsWith("trm: ").contains(parts);
  }

  @Test
  void theListHasAccuracyAndSize() throws Exception {
    Run text = Run.of("models");
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .containsPattern("sudoku-4 +1\\.0\\.0 +[0-9.]+% of [0-9]+ +126,850 +[0-9]+ KiB");
    JsonNode json = new JsonMapper().readTree(Run.of("models", "--json").out());
    assertThat(json.findValuesAsString("name"))
        .startsWith("maze-15", "maze-30", "maze-7", "maze-9", "sudoku-4");
    assertThat(json.get(0).get("results").get(0).get("puzzles").intValue()).isPositive();
  }

  @Test
  void aRunIsPackedIntoAModule() throws Exception {
    Path run = trained("sudoku:size=4,train=64,test=8", "--set=model.hiddenSize=32", PUZZLE_WIDTH);
    Path module =
        module(
            """
            result.verify=sudoku:size=4,train=0,test=5,seed=3
            table.1=8 givens | sudoku:size=4,train=0,test=6,seed=4,minGivens=8,maxGivens=8
            attempts=1,2
            untrained=2
            """);
    Path card = module.resolve("README.md");
    Files.writeString(card, "# tiny\n");
    refused(pack(run, module), "README.md: expected the lines");
    assertThat(module.resolve("src")).doesNotExist();
    Files.writeString(card, CARD);
    for (int times = 0; times < 2; times++) {
      Run packed = pack(run, module);
      assertThat(packed.code()).as(packed.err()).isZero();
      assertThat(packed.out())
          .contains("verify: ", " of 5 solved", "8 givens: ", "tiny 2.3.4: packed in");
    }
    Properties properties = properties(module);
    assertThat(properties)
        .containsEntry("name", "tiny")
        .containsEntry("version", "2.3.4")
        .containsEntry("commit", "0123abc")
        .containsEntry("result.verify.puzzles", "5");
    assertThat(properties.getProperty("training")).matches("step 2 of 2, .* core-hours, a test");
    assertThat(module.resolve(FILES + "model.safetensors")).isRegularFile();
    assertThat(Files.readString(card))
        .startsWith("# tiny\n\n<!-- figures")
        .endsWith("<!-- end of the figures -->\n\nend\n")
        .doesNotContain("old")
        .contains(
            "| 8 givens | 6 |",
            "| 1 attempt | 2 attempts | untrained, 2 |",
            "0.0% of 2 |",
            "Brier score")
        .contains(properties.getProperty("sha256"));
    Run again =
        Run.of(
            "train", "--config", module.resolve("recipe.json"), "--out", folder.resolve("again"));
    assertThat(again.code()).as(again.err()).isZero();
  }

  /** Symmetries find more than noise does, and a model that draws by itself needs no noise. */
  @Test
  void attemptsSeeThePuzzleUnderSymmetries() {
    try (TrmModel model = TrmModel.pretrained("sudoku-4")) {
      Attempts attempts = Attempts.usual(model, 5);
      assertThat(attempts.count()).isEqualTo(5);
      assertThat(attempts.symmetries()).isTrue();
      assertThat(attempts.sigma()).isZero();
      assertThat(attempts.choice()).isEqualTo(Attempts.Choice.VERIFIER);
      assertThat(attempts.firstFound()).isTrue();
      assertThat(
              model
                  .solve("3.1.4..2.......1", SolveOptions.DEFAULT.withAttempts(attempts))
                  .verified())
          .isTrue();
    }
  }

  /** The setting is the user's: it is no defect of the program. */
  @Test
  void aNetworkThatCannotBeIsBadInput() {
    refused(
        Run.of(
            "train",
            "--data=sudoku:size=4,train=8,test=2",
            "--config=demo",
            "--out",
            folder.resolve("none"),
            "--steps=1",
            "--set=recursion.policy=trm-deduction"),
        "expected puzzleEmbDim 0");
  }

  /** A card says of attempts that end by themselves how they end. */
  @Test
  void aDeductionModelIsPacked() throws Exception {
    Path run =
        trained(
            "sudoku:size=4,train=64,test=8",
            "--set=recursion.policy=trm-deduction",
            "--set=model.hiddenSize=32",
            "--set=model.puzzleEmbDim=0",
            "--set=model.puzzleEmbLen=0");
    Path module =
        module(
            """
            result.verify=sudoku:size=4,train=0,test=5,seed=3
            results.attempts=3
            table.1=8 givens | sudoku:size=4,train=0,test=4,seed=4,minGivens=8,maxGivens=8
            attempts=1,2
            untrained=0
            """);
    Files.writeString(module.resolve("README.md"), CARD);
    Run packed = pack(run, module);
    assertThat(packed.code()).as(packed.err()).isZero();
    assertThat(Files.readString(module.resolve("README.md")))
        .contains(
            "| 1 step | 2 | 4 | 8 | 16 | 32 | 1 attempt | 2 attempts | steps a puzzle |",
            "attempts of at most 40 steps",
            "What the first attempt says of itself",
            " of 5 solved in at most 3 attempts, `")
        .doesNotContain("untrained, ");
    assertThat(properties(module))
        .containsEntry("format", "2")
        .containsEntry("result.verify.attempts", "3");
  }

  @Test
  void aMazeModelIsPacked() throws Exception {
    Path run =
        trained(
            "maze:size=5,minPath=2,train=32,test=4",
            "--set=model.mixer=ATTENTION",
            "--set=model.positions=ROTARY",
            "--set=model.hiddenSize=16",
            "--set=model.numHeads=2",
            "--set=model.puzzleEmbDim=0",
            "--set=model.puzzleEmbLen=0");
    Path module =
        module(
            """
            result.verify=maze:size=5,minPath=2,train=0,test=3,seed=3
            table.1=short paths | maze:size=5,minPath=2,maxPath=4,train=0,test=2,seed=4
            attempts=1,2
            untrained=2
            """);
    Files.writeString(module.resolve("README.md"), CARD);
    Run packed = pack(run, module);
    assertThat(packed.code()).as(packed.err()).isZero();
    assertThat(Files.readString(module.resolve("README.md")))
        .contains("| short paths | 2 |", "`maze:size=5,minPath=2,train=0,test=3,seed=3`");
    assertThat(properties(module))
        .containsEntry("domain", "maze")
        .containsEntry("domain.size", "5");
  }

  @Test
  void aCardWithAnUnknownKeyIsRefused() throws Exception {
    Path module = module("result.verify=sudoku:size=4,train=0,test=5\nattempts=1,x\n");
    Files.writeString(module.resolve("README.md"), CARD);
    refused(pack(folder, module), "card.properties: attempts=1,x, expected result.ID=DATA");
  }

  /** Measuring takes hours: what cannot be measured is refused before. */
  @ParameterizedTest
  @ValueSource(strings = {"attempts=0", "attempts=1,0,4", "results.attempts=0"})
  void noAttemptsAreRefusedWhereTheyAreRead(String line) throws Exception {
    Path module = module("result.verify=sudoku:size=4,train=0,test=5\n" + line + "\n");
    Files.writeString(module.resolve("README.md"), CARD);
    refused(pack(folder, module), "card.properties: " + line + ", expected result.ID=DATA");
  }

  private Path trained(String data, String... more) {
    Path run = folder.resolve("run");
    List<Object> args = new ArrayList<>(List.of("train", "--data=" + data, "--config=demo"));
    args.addAll(List.of("--out", run, "--steps=2", "--set=run.batch=16"));
    args.addAll(List.of(more));
    Run trained = Run.of(args.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    return run;
  }

  private Path module(String card) throws IOException {
    Path module = Files.createDirectory(folder.resolve("trm-model-tiny"));
    Files.writeString(
        module.resolve("pom.xml"),
        "<artifactId>trm-model-tiny</artifactId>\n<version>2.3.4</version>");
    Files.writeString(module.resolve("card.properties"), card);
    return module;
  }

  private static Run pack(Path run, Path module) {
    return Run.of(
        "models",
        "pack",
        "--run=" + run,
        "--module=" + module,
        "--commit=0123abc",
        "--processor=a test");
  }

  private static Properties properties(Path module) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(module.resolve(FILES + "model.properties"))) {
      properties.load(in);
    }
    return properties;
  }
}
