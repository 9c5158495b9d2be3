package org.trm4j.backend.tornado;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendProvider;

/** The packages of this backend are ordered. The integration tests do not see this module. */
class RoomsTest {
  private static final JavaClasses BACKEND =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.trm4j.backend.tornado");

  @Test
  void useOnlyRoomsFurtherDown() {
    assertThat(BACKEND.size()).isGreaterThan(90);
    slices().matching("org.trm4j.backend.tornado.(**)").should().beFreeOfCycles().check(BACKEND);
  }

  @Test
  void onlyTheProviderLiesInTheRoot() {
    classes()
        .that()
        .resideInAPackage("org.trm4j.backend.tornado")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .implement(BackendProvider.class)
        .check(BACKEND);
  }
}
