package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How many types strangers can name. A number that must grow is raised here, by someone who knows
 * why.
 */
class ExportedTypesTest {
  private static final int MOST = 120;
  private static final int MOST_OF_THE_FACADE = 24;
  private static final Set<String> FACADE = Set.of("org.trm4j", "org.trm4j.error");

  @Test
  void strangersSeeFewTypes() {
    Map<String, Integer> types = new TreeMap<>();
    for (ModuleDescriptor module : modules()) {
      module.exports().stream()
          .filter(export -> !export.isQualified())
          .forEach(export -> types.put(export.source(), publicTypes(export.source())));
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

  private static Set<ModuleDescriptor> modules() {
    Path[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> path.toString().contains("trm-"))
            .toArray(Path[]::new);
    return ModuleFinder.of(classPath).findAll().stream()
        .map(found -> found.descriptor())
        .filter(module -> module.name().startsWith("org.trm4j"))
        .collect(Collectors.toSet());
  }

  private static int publicTypes(String name) {
    JavaClasses found = new ClassFileImporter().importPackages(name);
    return (int)
        found.stream()
            .filter(type -> type.getPackageName().equals(name))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type ->
                !type.getSource()
                    .map(s -> s.getUri().getPath())
                    .orElse("")
                    .contains("/test-classes/"))
            .count();
  }
}
