package org.trm4j.backend.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.backend.cpu.kernel.scalar.ScalarKernels;
import org.trm4j.backend.cpu.kernel.vector.VectorKernels;
import org.trm4j.plan.GaussianNoise;

class NoiseKernelsTest {
  /**
   * However a state is split, every element gets its own noise, with the same bits in both forms.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 17, 1000})
  void vectorAndScalarNoiseAreTheSameBits(int count) {
    float[] expected = new float[count + 3];
    Arrays.fill(expected, 0.25f);
    float[] vector = expected.clone();
    float[] scalar = expected.clone();
    long stream = GaussianNoise.stream(11, 3, 1);
    for (int i = 0; i < count; i++) {
      expected[2 + i] += 0.3f * GaussianNoise.value(stream, 40 + i);
    }
    int half = count / 2;
    new VectorKernels().addNormals(vector, 2, 40, half, 0.3f, stream);
    new VectorKernels().addNormals(vector, 2 + half, 40 + half, count - half, 0.3f, stream);
    new ScalarKernels().addNormals(scalar, 2, 40, count, 0.3f, stream);
    assertThat(vector).isEqualTo(expected);
    assertThat(scalar).isEqualTo(expected);
  }
}
