package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What guards the build itself is there, and is what the documents say. */
class SupplyChainTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void mavenIsCheckedByItsSum() throws IOException {
    assertThat(read(".mvn/wrapper/maven-wrapper.properties"))
        .containsPattern("(?m)^distributionUrl=https://repo\\.maven\\.apache\\.org/")
        .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
  }

  @Test
  void whoeverFindsAHoleKnowsWhereToTurn() throws IOException {
    assertThat(read("SECURITY.md")).containsIgnoringCase("report");
    assertThat(ROOT.resolve("trm.cmd")).isRegularFile();
  }

  @Test
  void everySystemRunsTheBuild() throws IOException {
    assertThat(read(".github/workflows/build.yml"))
        .contains("run: .ci/run\n", "run: .ci/run --without-browser", "permissions:", "trm.cmd")
        .contains("ubuntu-24.04\n", "ubuntu-24.04-arm", "macos-", "windows-")
        .contains("-Pnightly", "-Plocales -Pspark", "rhysd/actionlint");
    assertThat(read(".github/dependabot.yml"))
        .contains("package-ecosystem: maven", "package-ecosystem: github-actions");
  }

  @Test
  void newerJavaDoesNotSurprise() throws IOException {
    assertThat(read("pom.xml"))
        .contains("--sun-misc-unsafe-memory-access=deny", "--illegal-final-field-mutation=deny")
        .contains("<exclude>net.jqwik:*</exclude>", "<goal>makeAggregateBom</goal>");
  }
}
