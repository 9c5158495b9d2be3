package org.trm4j.datasets.io.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;

/** Questions seen so far, by 128 bits of a hash, and one of each symmetry class. */
final class QuestionIndex {
  private final Symmetry.@Nullable Key symmetry;
  private final MessageDigest digest;
  private final Set<Hash> questions = new HashSet<>();
  private final Map<Hash, List<int[]>> classes = new HashMap<>();

  /** How a question relates to those seen. */
  enum Match {
    NEW,
    SYMMETRIC,
    EQUAL
  }

  private record Hash(long high, long low) {}

  QuestionIndex(PuzzleDomain domain) {
    this.symmetry = domain.symmetry().orElse(null);
    this.digest = Sha256.digest();
  }

  /** Adds a question; returns how it relates to those before it. */
  Match add(int[] question) {
    boolean fresh = questions.add(hash(question));
    if (symmetry == null) {
      return fresh ? Match.NEW : Match.EQUAL;
    }
    if (!fresh) {
      return Match.EQUAL;
    }
    List<int[]> candidates =
        classes.computeIfAbsent(hash(symmetry.key(question)), key -> new ArrayList<>(1));
    if (known(candidates, question)) {
      return Match.SYMMETRIC;
    }
    candidates.add(question);
    return Match.NEW;
  }

  /** Returns how a question relates to those that were added. */
  Match find(int[] question) {
    if (questions.contains(hash(question))) {
      return Match.EQUAL;
    }
    if (symmetry == null) {
      return Match.NEW;
    }
    List<int[]> candidates = classes.getOrDefault(hash(symmetry.key(question)), List.of());
    return known(candidates, question) ? Match.SYMMETRIC : Match.NEW;
  }

  private boolean known(List<int[]> candidates, int[] question) {
    Symmetry.Key key = symmetry;
    return key != null && candidates.stream().anyMatch(other -> key.same(other, question));
  }

  private Hash hash(int[] question) {
    ByteBuffer bytes = ByteBuffer.allocate(question.length * 4);
    bytes.asIntBuffer().put(question);
    return hash(bytes.array());
  }

  private Hash hash(String key) {
    return hash(key.getBytes(StandardCharsets.UTF_8));
  }

  private Hash hash(byte[] bytes) {
    ByteBuffer result = ByteBuffer.wrap(digest.digest(bytes));
    return new Hash(result.getLong(), result.getLong());
  }
}
