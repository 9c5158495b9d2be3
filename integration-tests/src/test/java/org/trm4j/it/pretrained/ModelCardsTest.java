package org.trm4j.it.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.pretrained.PretrainedModel;
import org.trm4j.training.measure.Recount;

/** The models in the box are what their cards say. */
class ModelCardsTest {
  private static final Path ROOT = Path.of("..");
  private static final String VERIFY = "verify";

  static Stream<PretrainedModel> models() {
    return Trm.standard().models().stream();
  }

  static Stream<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("models"))) {
      return folders.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList().stream();
    }
  }

  @Test
  void everyModuleIsInTheBoxAndInTheBillOfMaterials() throws IOException {
    List<String> names = models().map(model -> model.description().name()).toList();
    String bom = Files.readString(ROOT.resolve("trm-bom/pom.xml"));
    assertThat(modules().map(m -> m.getFileName().toString().substring("trm-model-".length())))
        .isNotEmpty()
        .containsExactlyElementsOf(names);
    for (String name : names) {
      assertThat(bom).contains("<artifactId>trm-model-" + name + "</artifactId>");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theVersionIsThatOfThePomAndOfTheManagedDependency(PretrainedModel model) throws IOException {
    PretrainedDescription d = model.description();
    String version = "<version>" + d.version() + "</version>";
    assertThat(Files.readString(module(d).resolve("pom.xml"))).contains(version);
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .contains("<version.model.%1$s>%2$s</version.model.%1$s>".formatted(d.name(), d.version()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theCardHasTheDescriptionsFigures(PretrainedModel model) throws IOException {
    PretrainedDescription d = model.description();
    String card = Files.readString(module(d).resolve("README.md"));
    assertThat(card)
        .contains(
            d.sha256(),
            d.version(),
            d.training(),
            d.commit(),
            String.format(Locale.ROOT, "%,d", d.parameters()),
            "## What it cannot do",
            "trm train --config models/trm-model-" + d.name() + "/recipe.json");
    for (PretrainedDescription.Result result : d.results()) {
      String attempts =
          result.attempts() == 1 ? "" : " in at most %s attempts".formatted(result.attempts());
      assertThat(card)
          .contains(
              "%s of %s solved%s, `%s`"
                  .formatted(result.solved(), result.puzzles(), attempts, result.data()));
    }
    assertThat(Files.readString(module(d).resolve("card.properties")))
        .contains("result.verify=" + result(d, VERIFY).data());
  }

  /** A fixed seed gives fixed puzzles; other processors may round a puzzle in a hundred away. */
  @ParameterizedTest
  @MethodSource("models")
  void solvesWhatItIsSaidToSolve(PretrainedModel model) {
    recount(model, result(model.description(), VERIFY));
  }

  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("models")
  void solvesAllThatItIsSaidToSolve(PretrainedModel model) {
    model.description().results().forEach(result -> recount(model, result));
  }

  private static void recount(PretrainedModel model, PretrainedDescription.Result recorded) {
    try (TrmModel open = TrmModel.pretrained(model.description().name());
        Dataset dataset = DataText.open(recorded.data())) {
      PretrainedDescription.Result now =
          Recount.count(
              open, recorded.id(), recorded.data(), dataset, recorded.attempts(), done -> {});
      assertThat(now.puzzles()).isEqualTo(recorded.puzzles());
      assertThat(Math.abs(now.solved() - recorded.solved()))
          .as("%s: %s solved, recorded %s", model, now, recorded)
          .isLessThanOrEqualTo(Math.max(1, recorded.puzzles() / 100));
    }
  }

  private static PretrainedDescription.Result result(PretrainedDescription d, String id) {
    return d.results().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  private static Path module(PretrainedDescription d) {
    return ROOT.resolve("models/trm-model-" + d.name());
  }
}
