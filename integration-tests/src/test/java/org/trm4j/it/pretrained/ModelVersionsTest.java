package org.trm4j.it.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every place that names the version of a model in the box names the same one. */
class ModelVersionsTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void agree() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String bom = Files.readString(ROOT.resolve("trm-bom/pom.xml"));
    for (Path folder : models()) {
      String artifact = folder.getFileName().toString();
      String name = artifact.substring("trm-model-".length());
      String version =
          found(
              "<artifactId>" + artifact + "</artifactId>\\s*(?:<!--.*?-->\\s*)?<version>([^<]+)<",
              Files.readString(folder.resolve("pom.xml")));
      String property = "version.model." + name;
      assertThat(found("<" + Pattern.quote(property) + ">([^<]+)<", parent)).isEqualTo(version);
      assertThat(found("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<", bom))
          .as("%s in trm-bom", artifact)
          .isEqualTo(version);
    }
  }

  /** The published bill of materials has no properties, so that it repeats numbers. */
  @ParameterizedTest
  @CsvSource({"guava, guava", "guice, guice", "jackson-core, jackson", "jackson-databind, jackson"})
  void librariesOfOthersAgree(String artifact, String property) throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String bom = Files.readString(ROOT.resolve("trm-bom/pom.xml"));
    assertThat(found("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<", bom))
        .as("%s in trm-bom", artifact)
        .isEqualTo(found("<version." + property + ">([^<]+)<", parent));
  }

  private static List<Path> models() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("models"))) {
      List<Path> models =
          folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList();
      assertThat(models).hasSizeGreaterThan(2);
      return models;
    }
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
