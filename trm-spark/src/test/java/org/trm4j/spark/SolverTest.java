package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Answer;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.Progress;

class SolverTest {
  @TempDir static Path folder;
  static SparkSession spark;
  static Path model;
  static final List<String> TEXTS = Puzzles.texts(600);

  @BeforeAll
  static void start() {
    model = Puzzles.writeModel(folder);
    spark = Cluster.inThisJvm();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static TrmSolver solver() {
    return new TrmSolver().setModel(model.toUri().toString()).setSteps(3);
  }

  @Test
  void answersAreThoseOfOneJvmAndBadRowsHaveAnError() {
    List<Row> rows = solver().transform(Puzzles.table(spark, TEXTS, 5)).collectAsList();

    assertThat(rows).hasSize(TEXTS.size());
    try (TrmModel alone = TrmModel.open(model)) {
      for (Row row : rows) {
        int id = row.getInt(0);
        String text = TEXTS.get(id);
        assertThat(row.getString(1)).isEqualTo(text);
        if (text.startsWith("not")) {
          assertThat(row.<String>getAs("error")).isNotBlank();
          assertThat(row.<Object>getAs("answer")).isNull();
          assertThat(row.<Object>getAs("verified")).isNull();
          continue;
        }
        Answer answer = alone.solve(alone.parse(text), SolveOptions.DEFAULT.withMaxSteps(3));
        assertThat(row.<Object>getAs("error")).isNull();
        assertThat(row.<String>getAs("answer")).isEqualTo(answer.text());
        assertThat(row.<Boolean>getAs("verified")).isEqualTo(answer.verified());
        assertThat(row.<Double>getAs("confidence")).isEqualTo(answer.confidence());
        assertThat(row.<Long>getAs("steps")).isEqualTo(answer.totalSteps());
        assertThat(row.<Double>getAs("seconds")).isPositive();
      }
    }
  }

  @Test
  void answersDoNotDependOnPartitionsOrBatch() {
    TrmSolver attempts = solver().setAttempts(3).setNoise(0.5).setSeed(7).setChoice("HALTING_HEAD");

    Map<Integer, String> one =
        answers(attempts.setBatch(1).transform(Puzzles.table(spark, TEXTS, 1)));
    Map<Integer, String> many =
        answers(attempts.setBatch(16).transform(Puzzles.table(spark, TEXTS, 7)));

    assertThat(many).isEqualTo(one);
    Map<Integer, String> otherSeed =
        answers(attempts.setSeed(8).transform(Puzzles.table(spark, TEXTS, 7)));
    assertThat(otherSeed).isNotEqualTo(one);
  }

  @Test
  void arraysOfTokensAreReadToo() {
    Dataset<Row> tokens =
        spark.sql("select 1 as id, array_repeat(1, 16) as puzzle union all select 2, array(1, 99)");

    List<Row> rows = solver().transform(tokens).orderBy("id").collectAsList();

    assertThat(rows.get(0).<List<Integer>>getList(rows.get(0).fieldIndex("answerTokens")))
        .hasSize(16);
    assertThat(rows.get(1).<String>getAs("error"))
        .isEqualTo("the puzzle has 2 tokens, expected 16");
  }

  @Test
  void aModelIsNamedGivenAsBytesOrReadFromAPath() throws Exception {
    List<String> good = TEXTS.subList(0, 40);
    Dataset<Row> table = Puzzles.table(spark, good, 2);
    TrmSolver bytes = new TrmSolver().setModelBytes(Files.readAllBytes(model)).setSteps(3);

    assertThat(answers(bytes.transform(table))).isEqualTo(answers(solver().transform(table)));

    Path file = folder.resolve("solver");
    bytes.write().overwrite().save(file.toUri().toString());
    assertThat(answers(TrmSolver.load(file.toUri().toString()).transform(table)))
        .isEqualTo(answers(solver().transform(table)));

    // As docs/SPARK.md prints it.
    Dataset<Row> puzzles = table.withColumnRenamed("puzzle", "quiz");
    Dataset<Row> solved =
        new TrmSolver().setModel("sudoku-4").setInputCol("quiz").transform(puzzles);
    assertThat(solved.filter("verified").count()).isEqualTo(good.size());
  }

  @Test
  void aModelIsBroadcastOnce() throws Exception {
    BroadcastModel first = solver().broadcast(spark.sparkContext());
    TrmSolver again = solver();
    again.transform(Puzzles.table(spark, TEXTS.subList(0, 3), 1)).collect();

    assertThat(again.broadcast(spark.sparkContext()).bytes().id()).isEqualTo(first.bytes().id());
    assertThat(
            new TrmSolver()
                .setModelBytes(Files.readAllBytes(model))
                .broadcast(spark.sparkContext())
                .bytes()
                .id())
        .isEqualTo(first.bytes().id());
  }

  @Test
  void aTaskTakesTheThreadsThatSparkGivesIt() {
    List<TaskThreads.Numbered> puzzles = new ArrayList<>();
    Map<Integer, String> found = new HashMap<>();
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    try (TrmModel alone = TrmModel.open(ModelFiles.read(model), "auto", 3)) {
      for (int i = 0; i < 50; i++) {
        puzzles.add(new TaskThreads.Numbered(alone.parse(TEXTS.get(i)), i));
      }
      TaskThreads.solve(
          alone,
          puzzles.iterator(),
          3,
          6,
          SolveOptions.DEFAULT.withMaxSteps(3).withHalting(new ThreadsSeen(used)),
          (answer, number) -> found.put(number, answer.text()));
      assertThat(found).hasSize(50);
      for (int i = 0; i < 50; i++) {
        assertThat(found.get(i))
            .isEqualTo(
                alone
                    .solve(
                        puzzles.get(i).puzzle(),
                        SolveOptions.DEFAULT.withMaxSteps(3).withHalting(progress -> false))
                    .text());
      }
    }
    assertThat(used).hasSize(3);
  }

  /** Waits at each thread's first step until three threads have come. */
  private record ThreadsSeen(Set<Thread> used) implements HaltingPolicy {
    @Override
    public boolean halt(Progress progress) {
      used.add(Thread.currentThread());
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (used.size() < 3 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      return false;
    }
  }

  @Test
  void isWrittenAndReadAgainInAPipeline() throws Exception {
    Dataset<Row> table = Puzzles.table(spark, TEXTS.subList(0, 50), 2);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {solver().setOutputPrefix("trm_")}).fit(table);
    Path file = folder.resolve("pipeline");
    fitted.write().overwrite().save(file.toUri().toString());

    Dataset<Row> again = PipelineModel.load(file.toUri().toString()).transform(table);

    assertThat(again.columns()).contains("id", "puzzle", "trm_answer", "trm_verified", "trm_error");
    assertThat(again.filter("trm_error is null").count()).isEqualTo(50);
  }

  @Test
  void refusalsNameWhatIsWrong() {
    Dataset<Row> table = Puzzles.table(spark, TEXTS.subList(0, 2), 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> solver().setInputCol("quiz").transform(table))
        .withMessage("TrmSolver: no column 'quiz'; set inputCol to one of [id, puzzle]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> solver().setInputCol("id").transform(table))
        .withMessageContaining("column 'id' is of type int, expected string");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrmSolver().transform(table))
        .withMessageContaining("no model");
    assertThatThrownBy(() -> new TrmSolver().setModel("no-such-model").transform(table))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("no-such-model: no such model file or run folder")
        .hasMessageContaining("sudoku-4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> solver().setModelBytes(new byte[1]).transform(table))
        .withMessage("TrmSolver: model and modelBytes are both set; clear one of them");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> solver().setInputCol("puzzle").transform(table.withColumnRenamed("id", "answer")))
        .withMessageContaining("has a column 'answer' already; set outputPrefix, or rename it");
    // As they are told.
    Dataset<Row> named = table.withColumnRenamed("id", "answer");
    TrmSolver bytes = solver().setModelBytes(new byte[1]);
    bytes.clear(bytes.modelBytes());
    for (Dataset<Row> answers :
        List.of(
            solver().setInputCol("puzzle").transform(table),
            bytes.transform(table),
            solver().setOutputPrefix("trm_").transform(named),
            solver().transform(named.withColumnRenamed("answer", "number")))) {
      assertThat(answers.collectAsList()).hasSize(2);
    }
  }

  private static Map<Integer, String> answers(Dataset<Row> solved) {
    Map<Integer, String> answers = new HashMap<>();
    for (Row row : solved.collectAsList()) {
      answers.put(row.getInt(0), row.getAs("answer") + " " + row.getAs("confidence"));
    }
    return answers;
  }
}
