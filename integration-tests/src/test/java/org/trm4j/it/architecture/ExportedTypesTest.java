package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How many types strangers can name. A number that must grow is raised here, by someone who knows
 * why.
 */
class ExportedTypesTest {
  private static final int MOST = 122;
  private static final int MOST_OF_THE_FACADE = 24;
  private static final Set<String> FACADE = Set.of("org.trm4j", "org.trm4j.error");

  @Test
  void strangersSeeFewTypes() {
    Map<String, Integer> types = new TreeMap<>();
    for (String name : ExportedTypes.packages()) {
      long count = ExportedTypes.in(name).stream().filter(JavaClass::isTopLevelClass).count();
      types.put(name, Math.toIntExact(count));
    }
    assertThat(types).containsKeys("org.trm4j", "org.trm4j.backend.cpu", "org.trm4j.tck");
    assertThat(types.values()).as("%s", types).allMatch(count -> count > 0);
    assertThat(types.values().stream().mapToInt(Integer::intValue).sum())
        .as("exported types: %s", types)
        .isLessThanOrEqualTo(MOST);
    assertThat(FACADE.stream().mapToInt(types::get).sum())
        .as("types of the facade: %s", types)
        .isLessThanOrEqualTo(MOST_OF_THE_FACADE);
  }
}
