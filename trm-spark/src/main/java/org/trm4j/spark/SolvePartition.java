package org.trm4j.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * What a task does with its partition.
 *
 * @param model the model, broadcast
 * @param settings how to solve
 */
record SolvePartition(Broadcast<ModelBytes> model, SolveSettings settings)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext()
        ? new SolvedRows(ExecutorModels.get(model, settings.backend()), settings, rows)
        : rows;
  }
}
