package org.trm4j.datasets.arc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apiguardian.api.API;

/**
 * Draws the augmentations of tasks: up to {@code count} different ones each. Two augmentations are
 * the same when they turn the task into the same set of pairs, which a hash tells; after five times
 * {@code count} draws a task with many symmetries of its own has to do with fewer, as published.
 *
 * @param count augmentations of a task
 * @param seed of the draws; each task has its own stream, which depends on its name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ArcAugmentations(int count, long seed) {
  private static final int DRAWS = 5;

  /** Checks the number. */
  public ArcAugmentations {
    if (count < 0) {
      throw new IllegalArgumentException(
          "arc: %s augmentations, expected at least 0".formatted(count));
    }
  }

  /** Returns the augmentations of a task; the first leaves it as it is. */
  public List<ArcTransform> of(ArcTask task) {
    List<ArcTransform> found = new ArrayList<>(count + 1);
    found.add(ArcTransform.IDENTITY);
    if (count == 0) {
      return found;
    }
    CRC32C name = new CRC32C();
    name.update(task.name().getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed ^ name.getValue() * 0x9E3779B97F4A7C15L);
    List<ArcPair> pairs = task.pairs();
    Hashes hashes = new Hashes(pairs.size());
    Set<String> seen = new HashSet<>();
    seen.add(hashes.of(pairs, ArcTransform.IDENTITY));
    for (int draw = 0; draw < DRAWS * count && found.size() <= count; draw++) {
      ArcTransform transform = ArcTransform.random(random);
      if (seen.add(hashes.of(pairs, transform))) {
        found.add(transform);
      }
    }
    return found;
  }

  /** SHA-256 of the sorted SHA-256 of the pairs. */
  private static final class Hashes {
    private final MessageDigest digest;
    private final byte[][] pairHashes;

    Hashes(int pairs) {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
      pairHashes = new byte[pairs][];
    }

    String of(List<ArcPair> pairs, ArcTransform transform) {
      for (int i = 0; i < pairHashes.length; i++) {
        add(transform.apply(pairs.get(i).input()));
        add(transform.apply(pairs.get(i).output()));
        pairHashes[i] = digest.digest();
      }
      Arrays.sort(pairHashes, Arrays::compare);
      for (byte[] hash : pairHashes) {
        digest.update(hash);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private void add(ArcGrid grid) {
      digest.update((byte) grid.rows());
      digest.update((byte) grid.columns());
      digest.update(grid.cells());
    }
  }
}
