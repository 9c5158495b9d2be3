package org.trm4j.backend.tornado.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

/** Compares small products of each kind with the host's in double precision. */
public final class ProductCheck {
  private static final int PLACES = 4;
  private static final int COUNT = 3;
  private static final int IN_ARENA = 6;
  private static final int GRADIENTS = 2;

  /** With an odd number of columns, and with one that fills vectors. */
  private static final List<Sizes> SIZES = List.of(new Sizes(5, 7, 6), new Sizes(11, 19, 16));

  private record Sizes(int rows, int inner, int columns) {
    int result() {
      return rows * columns;
    }

    /** The number of floats that are read; the largest factor is that of a gated product. */
    int input() {
      return 2 * inner * columns;
    }

    int all() {
      return input() + IN_ARENA * result();
    }
  }

  private final Sizes sizes;
  private final DeviceArrays arrays;
  private final Workspace workspace;
  private final Tasks tasks;
  private final HostProducts expected;
  private final double tolerance;

  private ProductCheck(Products products, Sizes sizes) {
    this.sizes = sizes;
    // Built twice, because the staging arrays are known only after the products were added.
    Tasks sizing = new Tasks(arrays(sizes.all(), Staging.NONE), PLACES, sizes.all());
    add(products, sizing);
    int each = sizes.all() + sizing.scratch;
    this.workspace =
        new Workspace(
            COUNT, 0, new Workspace.Need(each, sizing.stagedEach, sizing.stagedOnce), PLACES);
    this.arrays = arrays(each, workspace.staging());
    this.tasks = new Tasks(arrays, PLACES, sizes.all());
    Precision precision =
        products instanceof CuBlasProducts library ? library.precision() : Precision.FP32;
    this.expected = new HostProducts(arrays, workspace, COUNT, precision);
    this.tolerance = precision.tolerance;
    add(expected, tasks);
    add(products, tasks);
  }

  /** Returns what is wrong with products on a device, in one line; null if nothing is. */
  public static @Nullable String problem(DeviceChoice device, Products products) {
    try {
      return SIZES.stream()
          .map(sizes -> Engine.exclusively(() -> new ProductCheck(products, sizes).run(device)))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    } catch (RuntimeException | TornadoInternalError | LinkageError e) {
      // TornadoVM refuses library tasks with exceptions of several kinds.
      return FailureReason.of(e);
    }
  }

  private DeviceArrays arrays(int each, Staging staging) {
    DeviceArrays arrays =
        new DeviceArrays(
            new DeviceArrays.Sizes(
                COUNT, 1, PLACES * each, 0, 0, GRADIENTS * sizes.result(), staging),
            DeviceArrays.zeros(sizes.input()),
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
  private void add(Products p, Tasks t) {
    OperandLocation input = new OperandLocation(OperandLocation.Kind.SEQUENCE, 0);
    Matrix x = new Matrix(t.arena(), input);
    Matrix weight =
        new Matrix(t.arrays.weights, new OperandLocation(OperandLocation.Kind.SHARED, 0));
    Walk rows = new Walk(sizes.rows, sizes.columns, sizes.inner, sizes.inner, 1, sizes.columns);
    p.product(t, x, weight, output(0), input, rows);
    p.product(
        t,
        weight,
        x,
        output(1),
        new Walk(sizes.rows, sizes.columns, sizes.inner, 1, sizes.rows, sizes.columns));
    Walk twice =
        new Walk(sizes.rows, sizes.columns, sizes.inner, sizes.inner, 1, 2 * sizes.columns);
    p.gated(t, x, weight, output(2), twice, 0, sizes.columns);
    p.gated(t, weight, x, output(3), rows, sizes.rows * sizes.inner, 0);
    Matrix left = p.gatedFactor(t, x, weight, twice, 0, sizes.columns, true);
    p.product(
        t,
        left,
        weight,
        output(4),
        new Walk(sizes.rows, sizes.columns, sizes.columns, sizes.columns, 1, sizes.columns));
    Matrix right = p.gatedFactor(t, weight, x, rows, sizes.rows * sizes.inner, 0, false);
    p.product(
        t,
        weight,
        right,
        output(5),
        new Walk(sizes.rows, sizes.columns, sizes.rows, sizes.rows, 1, sizes.columns));
    Walk terms = new Walk(sizes.rows, sizes.columns, sizes.inner, 1, sizes.rows, sizes.columns);
    p.gradient(t, input, input, gradient(0), terms, 1);
    Walk channels = new Walk(sizes.rows, sizes.columns, sizes.inner, sizes.inner, 1, 1);
    p.gradient(t, input, input, gradient(1), channels, sizes.inner);
  }

  private OperandLocation output(int number) {
    return new OperandLocation(
        OperandLocation.Kind.SEQUENCE, sizes.input() + number * sizes.result());
  }

  private OperandLocation gradient(int number) {
    return new OperandLocation(OperandLocation.Kind.SHARED, number * sizes.result());
  }

  private @Nullable String run(DeviceChoice device) {
    try (Engine engine = new Engine(device, new LaunchStatistics(), arrays)) {
      IntArray operands = new IntArray(Address.BUFFERS + 2 * tasks.operands.size());
      workspace.fill(operands, tasks.operands, 0, COUNT);
      int all = engine.add(tasks, operands, List.of(), List.of());
      Transfers transfers = new Transfers(engine, workspace.arena());
      transfers.readable(arrays, arrays.arena);
      transfers.readable(arrays, arrays.gradients);
      engine.start();
      engine.launch(all);
      List<String> wrong = new ArrayList<>();
      for (int number = 0; number < IN_ARENA; number++) {
        for (int p = 0; p < COUNT; p++) {
          int from = workspace.base(output(number), 0) + p * workspace.stride(output(number));
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

  private float[] read(Transfers transfers, FloatArray array, int from) {
    float[] values = new float[sizes.result()];
    transfers.read(array, from, values, 0, values.length);
    return values;
  }

  private void compare(
      String what, float[] found, double[] expected, int from, List<String> wrong) {
    double error = RelativeError.of(found, expected, from);
    // NaN must fail.
    if (!(error < tolerance)) {
      wrong.add(
          String.format(
              Locale.ROOT, "%s is off by %.1e, expected less than %.0e", what, error, tolerance));
    }
  }
}
