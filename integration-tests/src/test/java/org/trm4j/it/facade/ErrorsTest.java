package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.trm4j.error.TrmException;

/** The table of exceptions lists every one that a host can meet. */
class ErrorsTest {
  @Test
  void theTableIsComplete() throws IOException {
    Set<String> exceptions =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/org/trm4j/it/"))
                .importPackages("org.trm4j")
                .stream()
                .filter(type -> type.isAssignableTo(TrmException.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                // Those of the command and of the server, which a host never meets.
                .filter(type -> !type.getPackageName().startsWith("org.trm4j.cli"))
                .filter(type -> !type.getPackageName().startsWith("org.trm4j.server"))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    assertThat(exceptions).hasSizeGreaterThan(6);
    String table = Files.readString(Path.of("../docs/ERRORS.md"));
    assertThat(exceptions)
        .allSatisfy(name -> assertThat(table).as("the table").contains("| `" + name + "`"));
  }
}
