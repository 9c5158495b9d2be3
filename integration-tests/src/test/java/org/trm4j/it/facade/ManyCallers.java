package org.trm4j.it.facade;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;

/** A process in which so many virtual threads solve one puzzle on 64 threads of a backend. */
final class ManyCallers {
  private static final int WORKERS = 64;
  private static final SolveOptions SHORT =
      SolveOptions.DEFAULT.withMaxSteps(2).withHalting(progress -> false);

  private ManyCallers() {}

  /** Takes the number of callers; throws if two answers differ or there are more sessions. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int callers = Integer.parseInt(arguments[0]);
    CountingBackend counting = new CountingBackend(Trm.standard().backend("cpu-scalar", WORKERS));
    try (Backend backend = counting.backend();
        TrmModel model = TrmModel.open(Models.sudoku(), backend);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Puzzle puzzle = model.parse(Models.PUZZLE);
      Answer expected = model.solve(puzzle, SHORT);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        answers.add(threads.submit(() -> model.solve(puzzle, SHORT)));
      }
      for (Future<Answer> answer : answers) {
        if (!answer.get().equals(expected)) {
          throw new IllegalStateException("another answer: " + answer.get());
        }
      }
      if (counting.most() > WORKERS) {
        throw new IllegalStateException("sessions: " + counting.most());
      }
      System.out.println(callers + " equal answers");
    }
  }
}
