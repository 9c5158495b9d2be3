package org.trm4j.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Solves the rows of a task's partition.
 *
 * @param model the model, broadcast
 * @param settings how to solve
 */
record SolvePartition(BroadcastModel model, SolveSettings settings)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    TaskContext task = TaskContext.get();
    return new SolvedRows(
        ExecutorModels.get(model, settings.backend()),
        settings,
        rows,
        task == null ? 1 : task.cpus(),
        () -> task != null && task.isInterrupted());
  }
}
