package org.trm4j.spark.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Estimates what more executors would bring, from measurements on two: {@code ./trm spark-demo
 * --simulate}. Steps are drawn one by one, so that the slowest of many executors counts.
 *
 * @param slotSeconds of one slot's supervision step with gradients, on one core
 * @param spread standard deviation of a task's time, as a share of it
 * @param jobSeconds of an empty job
 * @param taskSeconds that each further task of a job costs the driver
 * @param megabytes of a gradient, and of the parameters
 * @param secondsOfMegabyte to write, read and add up one megabyte of gradients in one process
 * @param networkMegabytes that one machine receives in a second
 */
record Simulation(
    double slotSeconds,
    double spread,
    double jobSeconds,
    double taskSeconds,
    double megabytes,
    double secondsOfMegabyte,
    double networkMegabytes) {
  private static final int BATCH = 768;
  private static final int CORES = 8;
  private static final int LOCAL_STEPS = 50;
  private static final int STEPS = 200;
  private static final int TREE_FROM = 16;
  private static final int[] EXECUTORS = {2, 4, 8, 16, 32, 64, 128, 256, 512, 1000};

  /** Solving: puzzles, seconds of one on a core, puzzles of a task. */
  private static final int PUZZLES = 422_786;

  private static final int TASKS_OF_A_CORE = 32;

  /** Prints a table. */
  void print(PrintStream out, double puzzleSeconds) {
    out.println(
        "executors  exact step  of ideal  %s local steps  of ideal  solving  of ideal"
            .formatted(LOCAL_STEPS));
    for (int executors : EXECUTORS) {
      SplittableRandom random = new SplittableRandom(executors);
      int workers = Math.min(executors, BATCH);
      double compute = compute(workers);
      double ideal = slotSeconds * BATCH / (executors * CORES);
      double exact = exact(workers, random);
      double local = local(workers, random);
      double solving = solving(executors, puzzleSeconds, random);
      double idealSolving = PUZZLES * puzzleSeconds / (executors * CORES);
      out.println(
          String.format(
              Locale.ROOT,
              "%9d  %8.2f s  %7.0f%%  %11.2f s  %8.0f%%  %6.2f h  %7.0f%%",
              executors,
              exact,
              100 * ideal / exact,
              local,
              100 * ideal / local,
              solving / 3600,
              100 * idealSolving / solving));
      if (!(compute > 0)) {
        throw new IllegalArgumentException("the seconds of a slot are " + slotSeconds);
      }
    }
  }

  /** An executor's cores take its slots by turns. */
  private double compute(int workers) {
    int slots = (BATCH + workers - 1) / workers;
    return slotSeconds * slots / Math.min(CORES, slots);
  }

  private double slowest(double seconds, int tasks, SplittableRandom random) {
    double slowest = 0;
    for (int task = 0; task < tasks; task++) {
      slowest = Math.max(slowest, seconds * (1 + spread * Math.abs(random.nextGaussian())));
    }
    return slowest;
  }

  private double job(int tasks) {
    return jobSeconds + taskSeconds * tasks;
  }

  /** The time to receive and add up a number of gradients in one place. */
  private double receive(double count) {
    return count * megabytes * (1 / networkMegabytes + secondsOfMegabyte);
  }

  private double sum(int workers) {
    if (workers < TREE_FROM) {
      return receive(workers);
    }
    double branches = Math.ceil(Math.sqrt(workers));
    return receive(workers / branches) + receive(branches) + job((int) branches);
  }

  /** Blocks pass from executor to executor; each sends and receives about the whole once. */
  private double broadcast(int workers) {
    return 2 * megabytes / networkMegabytes
        + megabytes * secondsOfMegabyte
        + jobSeconds * Math.log(workers) / Math.log(2);
  }

  private double exact(int workers, SplittableRandom random) {
    double all = 0;
    for (int step = 0; step < STEPS; step++) {
      all +=
          job(workers)
              + broadcast(workers)
              + slowest(compute(workers), workers, random)
              + sum(workers);
    }
    return all / STEPS;
  }

  private double local(int workers, SplittableRandom random) {
    double all = 0;
    for (int step = 0; step < STEPS; step++) {
      all += job(workers) + slowest(compute(workers), workers, random);
    }
    return all / STEPS + (job(workers) + broadcast(workers) + sum(workers)) / LOCAL_STEPS;
  }

  /** Tasks wait in a queue: the end is as uneven as one task. */
  private double solving(int executors, double puzzleSeconds, SplittableRandom random) {
    int cores = executors * CORES;
    double task = puzzleSeconds * PUZZLES / (cores * TASKS_OF_A_CORE);
    return (TASKS_OF_A_CORE - 1) * Math.max(task * (1 + 0.8 * spread), taskSeconds * cores)
        + slowest(task, cores, random)
        + job(cores);
  }
}
