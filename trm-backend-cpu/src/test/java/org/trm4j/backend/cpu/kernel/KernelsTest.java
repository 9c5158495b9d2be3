package org.trm4j.backend.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.backend.cpu.kernel.scalar.ScalarKernels;
import org.trm4j.backend.cpu.kernel.vector.TileChoice;
import org.trm4j.backend.cpu.kernel.vector.VectorKernels;
import org.trm4j.backend.cpu.kernel.vector.VectorWidth;

/** Both kernels against double precision on awkward sizes. */
class KernelsTest {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 97};

  static Stream<Kernels> kernels() {
    return Stream.of(new ScalarKernels(), new VectorKernels());
  }

  @Test
  void vectorWidthIsTheOneAskedFor() {
    String forced = System.getProperty(VectorWidth.PROPERTY, "");
    String description = new VectorKernels().description();
    assertThat(description).matches("(128|256|512)-bit vectors, kernel (14x2|6x4|6x2)");
    if (!forced.isEmpty()) {
      assertThat(description).startsWith(forced);
    }
    assertThat(description).endsWith(System.getProperty(TileChoice.PROPERTY, ""));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multiplies(Kernels kernels) {
    int panel = kernels.panel();
    for (int rows : SIZES) {
      for (int k : SIZES) {
        int lda = k + 3;
        int ldc = panel + 5;
        float[] a = random(rows * lda + 7, rows);
        float[] b = random(k * panel, k);
        float[] c = random(rows * ldc + 2, 5);
        MemorySegment right = kernels.allocate(k * panel + 3 * panel);
        kernels.loadPanel(b, 0, panel, k, right, 3 * panel);
        for (boolean add : new boolean[] {false, true}) {
          double[] expected = multiplied(a, lda, rows, k, b, panel, c, ldc, add);
          for (Left left : lefts(kernels, a, lda, rows, k)) {
            float[] found = c.clone();
            kernels.multiply(left, 0, k, right, 3 * panel, found, 2, ldc, add);
            for (int i = 0; i < found.length; i++) {
              Close.to(
                  found[i], expected[i], 1e-6 * k, "rows %s k %s index %s".formatted(rows, k, i));
            }
          }
        }
      }
    }
  }

  /** The same rows in place, prepared, and prepared from their transpose. */
  private static List<Left> lefts(Kernels kernels, float[] a, int lda, int rows, int k) {
    float[] transposed = new float[rows * k];
    Panels.transpose(a, 7, lda, rows, k, transposed, 0, rows);
    float[] scratch = new float[5 + kernels.leftFloats(rows, k)];
    float[] other = new float[5 + kernels.leftFloats(rows, k)];
    return List.of(
        Left.of(a, 7, lda, rows),
        kernels.left(a, 7, lda, 1, rows, k, scratch, 5),
        kernels.left(transposed, 0, 1, rows, rows, k, other, 5));
  }

  private static double[] multiplied(
      float[] a, int lda, int rows, int k, float[] b, int panel, float[] c, int ldc, boolean add) {
    double[] out = new double[c.length];
    for (int i = 0; i < c.length; i++) {
      out[i] = c[i];
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < panel; j++) {
        double sum = add ? c[2 + i * ldc + j] : 0;
        for (int p = 0; p < k; p++) {
          sum += (double) a[7 + i * lda + p] * b[p * panel + j];
        }
        out[2 + i * ldc + j] = sum;
      }
    }
    return out;
  }

  /** Cuts of rows and of the reduction, packed or not, give the same bits. */
  @ParameterizedTest
  @MethodSource("kernels")
  void multipliesEachRowTheSameWhereverRowsAreCut(Kernels kernels) {
    int panel = kernels.panel();
    int k = 64;
    float[] a = random(97 * k, 1);
    MemorySegment b = kernels.allocate(k * panel);
    kernels.loadPanel(random(k * panel, 2), 0, panel, k, b, 0);
    float[] whole = new float[97 * panel];
    kernels.multiply(Left.of(a, 0, k, 97), 0, k, b, 0, whole, 0, panel, false);
    float[] scratch = new float[kernels.leftFloats(97, k)];
    for (int cut : SIZES) {
      float[] parts = new float[97 * panel];
      Left first = kernels.left(a, 0, k, 1, cut, k, scratch, 0);
      kernels.multiply(first, 0, k, b, 0, parts, 0, panel, false);
      if (cut < 97) {
        Left second = kernels.left(a, cut * k, k, 1, 97 - cut, k, scratch, 0);
        kernels.multiply(second, 0, k, b, 0, parts, cut * panel, panel, false);
      }
      assertThat(parts).as("cut at %s", cut).isEqualTo(whole);
      Left packed = kernels.left(a, 0, k, 1, 97, k, scratch, 0);
      for (int half : new int[] {8, 40}) {
        float[] plain = new float[97 * panel];
        float[] same = new float[97 * panel];
        for (Left left : new Left[] {packed, Left.of(a, 0, k, 97)}) {
          float[] to = left == packed ? same : plain;
          kernels.multiply(left, 0, half, b, 0, to, 0, panel, false);
          kernels.multiply(left, half, k - half, b, half * panel, to, 0, panel, true);
        }
        assertThat(same).as("reduction cut at %s", half).isEqualTo(plain);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void dots(Kernels kernels) {
    for (int n : SIZES) {
      float[] a = random(n + 1, 1);
      float[] b = random(n + 2, 2);
      double expected = 0;
      for (int i = 0; i < n; i++) {
        expected += (double) a[1 + i] * b[2 + i];
      }
      Close.to(kernels.dot(a, 1, b, 2, n), expected, 1e-6 * n, "n " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void appliesSwiGlu(Kernels kernels) {
    int panel = kernels.panel();
    float[] gate = scaled(random(3 * panel, 1), 30);
    gate[0] = Float.NaN;
    gate[1] = 200;
    gate[2] = -200;
    gate[3] = Float.POSITIVE_INFINITY;
    gate[4] = 0;
    float[] up = random(3 * panel, 2);
    float[] out = new float[3 * (panel + 1)];
    kernels.swiGlu(gate, 0, up, 0, 3, out, 0, panel + 1);
    for (int i = 0; i < 3 * panel; i++) {
      double g = gate[i];
      double expected = g / (1 + StrictMath.exp(-g)) * up[i];
      Close.to(
          out[i / panel * (panel + 1) + i % panel],
          expected,
          1e-6 * Math.abs(expected) + 1e-30,
          "gate " + g);
    }
    MemorySegment same = kernels.allocate(4 * panel);
    kernels.swiGluPanel(gate, 0, up, 0, 3, same, panel);
    for (int i = 0; i < 3 * panel; i++) {
      Float found = same.getAtIndex(ValueLayout.JAVA_FLOAT, panel + i);
      assertThat(found).isEqualTo(Float.valueOf(out[i / panel * (panel + 1) + i % panel]));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void differentiatesSwiGlu(Kernels kernels) {
    for (int n : SIZES) {
      float[] gate = scaled(random(n, 1), 20);
      float[] up = random(n, 2);
      float[] act = random(n, 3);
      float[] dGate = gate.clone();
      float[] dUp = up.clone();
      float[] found = act.clone();
      kernels.swiGluBackward(dGate, 0, dUp, 0, found, 0, n);
      for (int i = 0; i < n; i++) {
        double sigmoid = 1 / (1 + StrictMath.exp(-(double) gate[i]));
        double silu = gate[i] * sigmoid;
        double slope = sigmoid * (1 + gate[i] * (1 - sigmoid));
        Close.to(found[i], silu * up[i], 2e-6, "act");
        Close.to(dGate[i], act[i] * up[i] * slope, 4e-6, "gate gradient");
        Close.to(dUp[i], act[i] * silu, 4e-6 * 20, "up gradient");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsExponentials(Kernels kernels) {
    for (int n : SIZES) {
      float[] s = scaled(random(n, 1), 40);
      float[] found = s.clone();
      float max = kernels.max(s, 0, n);
      assertThat(max).isEqualTo((float) doubles(s).max().orElseThrow());
      float sum = kernels.expSum(found, 0, n, 0.5f, 0.5f * max);
      double total = 0;
      for (int i = 0; i < n; i++) {
        double expected = StrictMath.exp(0.5 * s[i] - 0.5 * max);
        Close.to(found[i], expected, 5e-6 * expected + 1e-37, "exp");
        total += expected;
      }
      Close.to(sum, total, 2e-6 * total, "sum");
    }
    float[] bad = {1, Float.NaN, 2};
    assertThat(kernels.expSum(bad, 0, 3, 1, 0)).isNaN();
  }

  /** Two rounds of the online softmax are the softmax of all rows. */
  @ParameterizedTest
  @MethodSource("kernels")
  void weighsColumns(Kernels kernels) {
    int panel = kernels.panel();
    for (int rows : SIZES) {
      for (int cut : new int[] {1, (rows + 1) / 2}) {
        float[] s = scaled(random(rows * panel, 3), 40);
        float[] state = new float[3 * panel];
        Arrays.fill(state, 0, panel, Float.NEGATIVE_INFINITY);
        MemorySegment out = kernels.allocate(rows * panel);
        kernels.softmaxPanel(s, 0, cut, 0.5f, state, 0, out, 0);
        float[] before = state.clone();
        if (cut < rows) {
          kernels.softmaxPanel(s, cut * panel, rows - cut, 0.5f, state, 0, out, cut * panel);
        }
        for (int j = 0; j < panel; j++) {
          double max = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < rows; i++) {
            max = Math.max(max, 0.5 * s[i * panel + j]);
          }
          double total = 0;
          for (int i = 0; i < rows; i++) {
            double e = StrictMath.exp(0.5 * s[i * panel + j] - max);
            total += e;
            double factor = i < cut && cut < rows ? state[2 * panel + j] : 1;
            float found = out.getAtIndex(ValueLayout.JAVA_FLOAT, i * panel + j);
            Close.to(found * factor, e, 1e-5 * e + 1e-36, "weight");
          }
          Close.to(state[j], max, 1e-6 * Math.abs(max), "max");
          Close.to(state[panel + j], total, 1e-5 * total, "total after " + before[panel + j]);
        }
      }
    }
    float[] bad = new float[2 * panel];
    bad[panel] = Float.NaN;
    float[] state = new float[3 * panel];
    kernels.softmaxPanel(bad, 0, 2, 1, state, 0, kernels.allocate(2 * panel), 0);
    assertThat(state[panel]).isNaN();
    assertThat(state[panel + 1]).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void differentiatesSoftmax(Kernels kernels) {
    for (int n : SIZES) {
      float[] s = random(n, 1);
      float[] dp = random(n, 2);
      float[] lse = random(n, 3);
      float[] delta = random(n, 4);
      float[] p = s.clone();
      float[] ds = dp.clone();
      kernels.softmaxBackward(p, 0, ds, 0, n, 0.25f, lse, 0, delta, 0);
      for (int i = 0; i < n; i++) {
        double weight = StrictMath.exp(0.25 * s[i] - lse[i]);
        Close.to(p[i], weight, 1e-6 * weight, "weight");
        Close.to(ds[i], weight * 0.25 * ((double) dp[i] - delta[i]), 2e-6, "gradient");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void normalisesColumnsAndBack(Kernels kernels) {
    int panel = kernels.panel();
    for (int rows : SIZES) {
      float[] u = random(rows * panel, 1);
      float[] gradient = random(rows * panel, 2);
      float[] out = u.clone();
      float[] du = gradient.clone();
      float[] factors = new float[panel];
      kernels.normColumns(out, 0, rows, 1e-5f, factors, 0);
      kernels.normColumnsBackward(out, 0, du, 0, rows, factors, 0);
      for (int j = 0; j < panel; j++) {
        double squares = 0;
        double dot = 0;
        for (int i = j; i < rows * panel; i += panel) {
          squares += (double) u[i] * u[i];
        }
        double r = 1 / Math.sqrt(squares / rows + 1e-5f);
        for (int i = j; i < rows * panel; i += panel) {
          dot += u[i] * r * gradient[i];
        }
        Close.to(factors[j], r, 1e-5 * r, "factor");
        for (int i = j; i < rows * panel; i += panel) {
          Close.to(out[i], u[i] * r, 1e-5, "out");
          Close.to(du[i], r * (gradient[i] - u[i] * r * dot / rows), 1e-4 * r, "gradient");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void scalesAndCopies(Kernels kernels) {
    int panel = kernels.panel();
    float[] x = random(3 * (panel + 2), 1);
    float[] copied = new float[3 * (panel + 1)];
    kernels.copyPanel(x, 1, panel + 2, 3, copied, 0, panel + 1);
    for (int i = 0; i < 3 * panel; i++) {
      float expected = x[1 + i / panel * (panel + 2) + i % panel];
      assertThat(copied[i / panel * (panel + 1) + i % panel]).isEqualTo(expected);
    }
    MemorySegment loaded = kernels.allocate(4 * panel);
    kernels.loadPanel(x, 1, panel + 2, 3, loaded, panel);
    float[] scaled = copied.clone();
    float[] factors = random(panel, 9);
    for (int i = 0; i < 3 * panel; i++) {
      assertThat(loaded.getAtIndex(ValueLayout.JAVA_FLOAT, panel + i))
          .isEqualTo(copied[i / panel * (panel + 1) + i % panel]);
    }
    kernels.scaleColumns(scaled, 0, 2, factors, 0);
    for (int i = 0; i < 3 * panel; i++) {
      float factor = i < 2 * panel ? factors[i % panel] : 1;
      assertThat(scaled[i]).isEqualTo(copied[i] * factor);
    }
    for (int n : SIZES) {
      float[] y = random(n, 2);
      float[] found = new float[n];
      kernels.scale(y, 0, n, 0.3f, found, 0);
      for (int i = 0; i < n; i++) {
        assertThat(found[i]).isEqualTo(y[i] * 0.3f);
      }
    }
  }

  private static java.util.stream.DoubleStream doubles(float[] values) {
    double[] copy = new double[values.length];
    Arrays.setAll(copy, i -> values[i]);
    return Arrays.stream(copy);
  }

  private static float[] scaled(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static float[] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
