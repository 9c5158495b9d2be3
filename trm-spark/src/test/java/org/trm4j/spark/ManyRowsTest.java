package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 100,000 rows, of which every hundredth is bad, with two executor processes. */
@Tag("nightly")
class ManyRowsTest {
  private static final int ROWS = 100_000;

  static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Cluster.twoExecutors();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void badRowsHaveAnErrorAndNothingIsLost() {
    // Every hundredth of these texts is not a puzzle.
    List<String> texts = Puzzles.texts(1000);
    Dataset<Row> rows =
        spark
            .range(0, ROWS, 1, 16)
            .toDF("id")
            .join(
                functions.broadcast(Puzzles.table(spark, texts, 1).withColumnRenamed("id", "text")),
                functions.expr("id % 1000 = text"));

    Dataset<Row> solved =
        new TrmSolver().setModel("sudoku-4").transform(rows).persist(StorageLevel.DISK_ONLY());

    assertThat(solved.select("id").distinct().count()).isEqualTo(ROWS);
    assertThat(solved.count()).isEqualTo(ROWS);
    assertThat(solved.filter("error is not null").count()).isEqualTo(ROWS / 100);
    assertThat(solved.filter("(error is null) = (answer is null)").count()).isZero();
    assertThat(solved.filter("verified").count()).isGreaterThan(ROWS * 98L / 100);
  }
}
