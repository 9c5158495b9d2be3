package org.trm4j.backend.tornado.check;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.backend.tornado.product.RelativeError;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.LaunchStatistics;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Transfers;
import org.trm4j.backend.tornado.program.Workspace;
import org.trm4j.backend.tornado.task.NormTasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Compares norms of rows and columns, and their gradients, with the host in double precision. */
final class NormCheck {
  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final int N = ROWS * COLUMNS;
  private static final int FACTORS = 16;
  private static final float EPSILON = 1e-5f;
  private static final double TOLERANCE = 1e-5;

  /** A case: values, then the gradient of the output, then that of the input, then factors. */
  private static final int CASE = 3 * N + FACTORS;

  private final DeviceArrays arrays =
      new DeviceArrays(
          new DeviceArrays.Sizes(1, 1, 2 * CASE, 0, 0, 0, Staging.NONE),
          DeviceArrays.zeros(1),
          DeviceArrays.zeros(1),
          DeviceArrays.zeros(1));
  private final Tasks tasks = new Tasks(arrays, 1, 0);
  private final double[] expected = new double[2 * CASE];

  private NormCheck(KernelChoice kernels) {
    arrays.active.init(1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2 * CASE; i++) {
      arrays.arena.set(i, (float) random.nextDouble(-1, 1));
    }
    add(kernels, 0, Vectors.rows(ROWS, COLUMNS));
    add(kernels, CASE, Vectors.columns(ROWS, COLUMNS));
  }

  private void add(KernelChoice kernels, int from, Vectors vectors) {
    OperandLocation values = new OperandLocation(OperandLocation.Kind.SEQUENCE, from);
    OperandLocation factors = values.plus(3 * N);
    NormTasks.forward(tasks, kernels, values, factors, vectors, EPSILON);
    NormTasks.backward(
        tasks, kernels, values, factors, values.plus(N), values.plus(2 * N), vectors);
    for (int v = 0; v < vectors.count(); v++) {
      int first = from + v * vectors.vector();
      double squares = 0;
      for (int i = 0; i < vectors.n(); i++) {
        squares += Math.pow(arrays.arena.get(first + i * vectors.step()), 2);
      }
      double factor = 1 / Math.sqrt(squares / vectors.n() + EPSILON);
      double mean = 0;
      for (int i = 0; i < vectors.n(); i++) {
        int at = first + i * vectors.step();
        expected[at] = arrays.arena.get(at) * factor;
        mean += expected[at] * arrays.arena.get(N + at) / vectors.n();
      }
      for (int i = 0; i < vectors.n(); i++) {
        int at = first + i * vectors.step();
        expected[2 * N + at] = factor * (arrays.arena.get(N + at) - expected[at] * mean);
      }
    }
  }

  /** Returns what is wrong, in one line; null if nothing is. */
  static @Nullable String problem(DeviceChoice device, KernelChoice kernels) {
    NormCheck check = new NormCheck(kernels);
    try (Engine engine = new Engine(device, new LaunchStatistics(), check.arrays)) {
      return check.run(engine);
    }
  }

  private @Nullable String run(Engine engine) {
    Workspace workspace =
        new Workspace(1, 0, new Workspace.Need(2 * CASE, Staging.NONE, Staging.NONE), 1);
    IntArray operands = new IntArray(Address.BUFFERS + 2 * tasks.operands.size());
    workspace.fill(operands, tasks.operands, 0, 1);
    int all = engine.add(tasks, operands, List.of(), List.of());
    Transfers transfers = new Transfers(engine, 2 * CASE);
    transfers.readable(arrays, arrays.arena);
    engine.start();
    engine.launch(all);
    String[] names = {"norm of rows", "gradient of rows", "norm of columns", "gradient of columns"};
    for (int number = 0; number < names.length; number++) {
      int from = number / 2 * CASE + number % 2 * 2 * N;
      float[] found = new float[N];
      transfers.read(arrays.arena, from, found, 0, N);
      double error = RelativeError.of(found, expected, from);
      // NaN must fail.
      if (!(error < TOLERANCE)) {
        return String.format(
            Locale.ROOT,
            "%s is off by %.1e, expected less than %.0e",
            names[number],
            error,
            TOLERANCE);
      }
    }
    return null;
  }
}
