package org.trm4j.datasets.arc;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;

/** Grids of up to 30x30; no rule but the task's examples says what is right. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record ArcDomain() implements PuzzleDomain {
  @Override
  public String id() {
    return ArcProvider.ID;
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public int seqLen() {
    return ArcTokens.SEQ_LEN;
  }

  @Override
  public int vocabSize() {
    return ArcTokens.VOCABULARY;
  }

  @Override
  public PuzzleCodec codec() {
    return new ArcCodec();
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public Optional<Augmentation> augmentation() {
    return Optional.of(new ArcTranslation());
  }

  @Override
  public Optional<Symmetry.Key> symmetry() {
    return Optional.of(new ArcSymmetry());
  }
}
