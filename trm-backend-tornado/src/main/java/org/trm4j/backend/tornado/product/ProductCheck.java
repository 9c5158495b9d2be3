package org.trm4j.backend.tornado.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.FailureReason;
import org.trm4j.backend.tornado.program.LaunchStatistics;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.program.Products.Matrix;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Transfers;
import org.trm4j.backend.tornado.program.Workspace;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Compares products of each kind with those of the host in double precision, in small. */
public final class ProductCheck {
  private static final int PLACES = 4;
  private static final int COUNT = 3;
  private static final int ROWS = 5;
  private static final int COLUMNS = 6;
  private static final int INNER = 7;
  private static final int RESULT = ROWS * COLUMNS;

  /** Floats of what is read: the largest factor is that of a gated product. */
  private static final int INPUT = 2 * INNER * COLUMNS;

  private static final int IN_ARENA = 4;
  private static final int GRADIENTS = 2;
  private static final int SIZE = INPUT + IN_ARENA * RESULT;

  private final DeviceArrays arrays;
  private final Workspace workspace;
  private final Tasks tasks;
  private final HostProducts expected;
  private final double tolerance;

  private ProductCheck(Products products) {
    // Twice, since what is staged is known only when the products have been added.
    Tasks sizing = new Tasks(arrays(Staging.NONE), PLACES, 0);
    add(products, sizing);
    this.workspace =
        new Workspace(
            COUNT, 0, new Workspace.Need(SIZE, sizing.stagedEach, sizing.stagedOnce), PLACES);
    this.arrays = arrays(workspace.staging());
    this.tasks = new Tasks(arrays, PLACES, 0);
    Precision precision =
        products instanceof CuBlasProducts library ? library.precision() : Precision.FP32;
    this.expected = new HostProducts(arrays, workspace, COUNT, precision);
    this.tolerance = precision.tolerance;
    add(expected, tasks);
    add(products, tasks);
  }

  /** Returns what is wrong with products on a device, in one line; null where nothing is. */
  public static @Nullable String problem(DeviceChoice device, Products products) {
    try {
      return Engine.exclusively(() -> new ProductCheck(products).run(device));
    } catch (RuntimeException | TornadoInternalError | LinkageError e) {
      // TornadoVM refuses library tasks by exceptions of several kinds.
      return FailureReason.of(e);
    }
  }

  private static DeviceArrays arrays(Staging staging) {
    DeviceArrays arrays =
        new DeviceArrays(
            new DeviceArrays.Sizes(COUNT, 1, PLACES * SIZE, 0, 0, GRADIENTS * RESULT, staging),
            DeviceArrays.zeros(INPUT),
            DeviceArrays.zeros(1),
            DeviceArrays.zeros(1));
    SplittableRandom random = new SplittableRandom(1);
    fill(arrays.arena, random);
    fill(arrays.weights, random);
    arrays.active.init(1);
    return arrays;
  }

  private static void fill(FloatArray array, SplittableRandom random) {
    for (int i = 0; i < array.getSize(); i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
  }

  /** Adds a product of each kind. */
  private static void add(Products p, Tasks t) {
    OperandLocation input = new OperandLocation(OperandLocation.Kind.SEQUENCE, 0);
    Matrix x = new Matrix(t.arena(), input);
    Matrix weight =
        new Matrix(t.arrays.weights, new OperandLocation(OperandLocation.Kind.SHARED, 0));
    Walk rows = new Walk(ROWS, COLUMNS, INNER, INNER, 1, COLUMNS);
    p.product(t, x, weight, output(0), input, rows);
    p.product(t, weight, x, output(1), new Walk(ROWS, COLUMNS, INNER, 1, ROWS, COLUMNS));
    Walk twice = new Walk(ROWS, COLUMNS, INNER, INNER, 1, 2 * COLUMNS);
    p.gated(t, x, weight, output(2), twice, 0, COLUMNS);
    p.gated(t, weight, x, output(3), rows, ROWS * INNER, 0);
    Walk terms = new Walk(ROWS, COLUMNS, INNER, 1, ROWS, COLUMNS);
    p.gradient(t, input, input, gradient(0), terms, 1);
    Walk channels = new Walk(ROWS, COLUMNS, INNER, INNER, 1, 1);
    p.gradient(t, input, input, gradient(1), channels, INNER);
  }

  private static OperandLocation output(int number) {
    return new OperandLocation(OperandLocation.Kind.SEQUENCE, INPUT + number * RESULT);
  }

  private static OperandLocation gradient(int number) {
    return new OperandLocation(OperandLocation.Kind.SHARED, number * RESULT);
  }

  private @Nullable String run(DeviceChoice device) {
    try (Engine engine = new Engine(device, new LaunchStatistics(), arrays)) {
      IntArray operands = new IntArray(Address.BUFFERS + 2 * tasks.operands.size());
      workspace.fill(operands, tasks.operands, 0, COUNT);
      int all = engine.add(tasks, operands, List.of(), List.of());
      Transfers transfers = new Transfers(engine, PLACES * SIZE);
      transfers.readable(arrays, arrays.arena);
      transfers.readable(arrays, arrays.gradients);
      engine.start();
      engine.launch(all);
      List<String> wrong = new ArrayList<>();
      for (int number = 0; number < IN_ARENA; number++) {
        for (int p = 0; p < COUNT; p++) {
          int from = workspace.base(output(number), 0) + p * SIZE;
          float[] found = read(transfers, arrays.arena, from);
          compare("product " + number, found, expected.arena, from, wrong);
        }
      }
      for (int number = 0; number < GRADIENTS; number++) {
        int from = gradient(number).offset();
        float[] found = read(transfers, arrays.gradients, from);
        compare("gradient " + number, found, expected.gradients, from, wrong);
      }
      return wrong.isEmpty() ? null : wrong.getFirst();
    }
  }

  private static float[] read(Transfers transfers, FloatArray array, int from) {
    float[] values = new float[RESULT];
    transfers.read(array, from, values, 0, values.length);
    return values;
  }

  private void compare(
      String what, float[] found, double[] expected, int from, List<String> wrong) {
    double error = RelativeError.of(found, expected, from);
    // Not a number is no success.
    if (!(error < tolerance)) {
      wrong.add(
          String.format(
              Locale.ROOT, "%s is off by %.1e, expected less than %.0e", what, error, tolerance));
    }
  }
}
