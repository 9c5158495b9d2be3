package org.trm4j.tck.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plan.Plan;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.pretrained.PretrainedModel;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/**
 * The contract of an artifact with a trained model, apart from its accuracy. A model's test extends
 * it; the plug-in with the model's puzzle domain must be on the class path.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class PretrainedModelContract {
  private static final String WEIGHTS = "model.safetensors";

  /** For subclasses. */
  protected PretrainedModelContract() {}

  /** Returns the model. */
  protected abstract PretrainedModelProvider provider();

  /** The model is registered under its name. */
  @Test
  protected void isDiscovered() {
    PretrainedModelProvider provider = provider();
    assertThat(provider.name()).as("name").matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.spiVersion())
        .as("SPI version")
        .isEqualTo(PretrainedModelProvider.SPI_VERSION);
    assertThat(Trm.standard().plugins().pretrainedModels().get(provider.name()))
        .as("the registered model %s", provider.name())
        .hasSameClassAs(provider);
    assertThat(provider.open("no-such-file")).as("a file that is not there").isEmpty();
  }

  /** The description contains everything a user must know. */
  @Test
  protected void describesItself() {
    PretrainedDescription d = PretrainedModel.of(provider()).description();
    assertThat(d.name()).as("name").isEqualTo(provider().name());
    assertThat(d.version()).as("version").matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(d.sha256()).as("sha256").matches("[0-9a-f]{64}");
    assertThat(d.licence()).as("licence").isNotBlank();
    assertThat(d.commit()).as("commit").matches("[0-9a-f]{7,64}");
    assertThat(d.training()).as("training").isNotBlank();
    assertThat(d.results()).as("results").isNotEmpty();
  }

  /** The weights match the description, and fit the model and its puzzle domain. */
  @Test
  protected void readsItsWeights() throws IOException {
    PretrainedModel model = PretrainedModel.of(provider());
    SavedModel saved = model.read();
    try (InputStream in = open()) {
      assertThat(in.readAllBytes()).as("bytes").hasSize((int) model.description().bytes());
    }
    Plan plan = saved.description().plan();
    saved.parameters().matching(plan.parameters()).finite();
    assertThat(saved.description().domain()).isEqualTo(model.description().domain());
    assertThat(saved.description().domainOptions()).isEqualTo(model.description().domainOptions());
    PuzzleDomain domain =
        Trm.standard()
            .plugins()
            .datasets()
            .get(model.description().domain())
            .domain(model.description().domainOptions());
    assertThat(saved.description().config().seqLen()).as("S").isEqualTo(domain.seqLen());
    assertThat(saved.description().config().vocabSize()).as("V").isEqualTo(domain.vocabSize());
  }

  /** One flipped bit in the weights is detected when they are read. */
  @Test
  protected void noticesDamage() throws IOException {
    byte[] content;
    try (InputStream in = open()) {
      content = in.readAllBytes();
    }
    content[content.length / 2] ^= 4;
    PretrainedModelProvider whole = provider();
    PretrainedModelProvider damaged =
        new PretrainedModelProvider() {
          @Override
          public String name() {
            return whole.name();
          }

          @Override
          public int spiVersion() {
            return SPI_VERSION;
          }

          @Override
          public Optional<InputStream> open(String file) {
            return file.equals(WEIGHTS)
                ? Optional.of(new ByteArrayInputStream(content))
                : whole.open(file);
          }
        };
    assertThatThrownBy(() -> PretrainedModel.of(damaged).read())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(whole.name());
  }

  private InputStream open() {
    return provider()
        .open(WEIGHTS)
        .orElseThrow(() -> new UncheckedIOException(new IOException(WEIGHTS + ": missing")));
  }
}
