package org.trm4j.backend.tornado.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;

class ProductChoiceTest {
  @Test
  void takesTheOptionBeforeTheProperty() {
    assertThat(ProductChoice.of(Map.of(), "")).isEqualTo(ProductChoice.AUTO);
    assertThat(ProductChoice.of(Map.of(), "cublas")).isEqualTo(ProductChoice.CUBLAS);
    assertThat(ProductChoice.of(Map.of("products", "java"), "cublas"))
        .isEqualTo(ProductChoice.JAVA);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> ProductChoice.of(Map.of(), "CuBLAS"))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend tornado: trm.tornado.products=CuBLAS, expected auto, java or cublas");
    assertThatThrownBy(() -> ProductChoice.of(Map.of("products", "fast"), ""))
        .hasMessage("backend tornado: products=fast, expected auto, java or cublas");
    assertThatThrownBy(() -> ProductChoice.of(Map.of("threads", "3"), ""))
        .hasMessage(
            "backend tornado: properties [threads], expected none but [shape, attention, precision, cudaGraphs, products]");
  }

  @Test
  void knowsThePrecisionOfProducts() {
    assertThat(Precision.of(Map.of())).isEqualTo(Precision.FP32);
    assertThat(Precision.of(Map.of("precision", "tf32"))).isEqualTo(Precision.TF32);
    assertThat(Precision.of(Map.of("precision", "bf16"))).isEqualTo(Precision.BF16);
    assertThatThrownBy(() -> Precision.of(Map.of("precision", "half")))
        .hasMessage("backend tornado: precision=half, expected fp32, tf32 or bf16");
  }

  @Test
  void promisesTheSameForEveryBatchOnlyWithoutCuBlas() {
    assertThat(ProductChoice.mayUseCuBlas("java")).isFalse();
    assertThat(ProductChoice.mayUseCuBlas("cublas")).isTrue();
    assertThat(ProductChoice.mayUseCuBlas(""))
        .isEqualTo(ModuleLayer.boot().findModule("tornado.drivers.cuda").isPresent());
  }
}
