package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.trm4j.TrmModel;

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
        Answer answer =
            alone.solve(alone.parse(text), org.trm4j.SolveOptions.DEFAULT.withMaxSteps(3));
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
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> solver().setInputCol("puzzle").transform(table.withColumnRenamed("id", "answer")))
        .withMessageContaining("has a column 'answer' already");
  }

  private static Map<Integer, String> answers(Dataset<Row> solved) {
    Map<Integer, String> answers = new HashMap<>();
    for (Row row : solved.collectAsList()) {
      answers.put(row.getInt(0), row.getAs("answer") + " " + row.getAs("confidence"));
    }
    return answers;
  }
}
