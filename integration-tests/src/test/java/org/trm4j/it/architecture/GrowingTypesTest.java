package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What will grow can grow: options, settings, results and configurations are final classes, whose
 * builders take one more value without breaking a caller. A record with one more component breaks
 * whoever makes it or takes it apart.
 */
class GrowingTypesTest {
  private static final int MOST_COMPONENTS = 5;

  /** Data that backends and lowering take apart by patterns: a new part must break them. */
  private static final Set<String> MATCHED =
      Set.of(
          "org.trm4j.plan",
          "org.trm4j.plan.buffer",
          "org.trm4j.plan.operation",
          "org.trm4j.recursion",
          "org.trm4j.task");

  /** Between trainer and backends, and the description of a model with its three forms. */
  private static final Set<String> KEPT =
      Set.of(
          "org.trm4j.backend.spi.TrainingSession$UpdateRule",
          "org.trm4j.backend.spi.TrainingSession$SequenceMetrics",
          "org.trm4j.checkpoint.model.ModelDescription");

  private static final List<String> GROWING =
      List.of("Options", "Settings", "Config", "Report", "Progress", "Answer", "Draft");

  @Test
  void exportedRecordsAreSmall() {
    Set<String> large = new TreeSet<>();
    Set<String> named = new TreeSet<>();
    int records = 0;
    for (String name : ExportedTypes.packages()) {
      for (JavaClass type : ExportedTypes.in(name)) {
        Class<?> reflected = type.reflect();
        if (!reflected.isRecord() || MATCHED.contains(name)) {
          continue;
        }
        records++;
        if (reflected.getRecordComponents().length > MOST_COMPONENTS) {
          large.add(type.getName());
        }
        if (GROWING.stream().anyMatch(type.getSimpleName()::endsWith)) {
          named.add(type.getName());
        }
      }
    }
    assertThat(records).isGreaterThan(20);
    assertThat(large).isEqualTo(KEPT);
    assertThat(named).isEmpty();
  }
}
