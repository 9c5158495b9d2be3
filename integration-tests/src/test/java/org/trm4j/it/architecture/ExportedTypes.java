package org.trm4j.it.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the modules export to everyone. */
final class ExportedTypes {
  private ExportedTypes() {}

  /** Returns the packages that strangers can name. */
  static Set<String> packages() {
    return modules().stream()
        .flatMap(module -> module.exports().stream())
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
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

  /** Returns the public types of a package and those nested in them, without the tests'. */
  static List<JavaClass> in(String name) {
    return new ClassFileImporter()
        .importPackages(name).stream()
            .filter(type -> type.getPackageName().equals(name))
            .filter(ExportedTypes::visible)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type ->
                !type.getSource()
                    .map(s -> s.getUri().getPath())
                    .orElse("")
                    .contains("/test-classes/"))
            .toList();
  }

  private static boolean visible(JavaClass type) {
    Optional<JavaClass> outer = type.getEnclosingClass();
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && (outer.isEmpty() || visible(outer.orElseThrow()));
  }
}
