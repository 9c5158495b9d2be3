package org.trm4j.checkpoint.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a power cut at any moment a file is the old or the new one as a whole, and once {@code
 * replace} has returned it is the new one: whatever was not forced may be lost, or may reach the
 * disk in another order.
 */
class PowerCutTest {
  private static final String OLD = "old content";
  private static final String NEW = "new content, longer than the old one";

  @TempDir Path folder;

  /** Stops the run at one of its operations, as if the power went. */
  private static final class PowerCut extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A disk whose cache is lost: it keeps what has been forced, and what has not been forced comes
   * through or not, as {@code random} says, each operation by itself.
   */
  private static final class Disk implements DurableFile.Disk {
    final Map<String, String> names = new TreeMap<>();
    private final Map<String, String> forcedContent = new TreeMap<>();
    private final List<Path[]> unforcedMoves = new ArrayList<>();
    private final SplittableRandom random;
    private final boolean forces;
    private int left;

    Disk(int operations, long seed, boolean forces, Path file) {
      this.left = operations;
      this.random = new SplittableRandom(seed);
      this.forces = forces;
      names.put(file.toString(), OLD);
    }

    private void operation() throws IOException {
      if (left-- == 0) {
        throw new PowerCut();
      }
    }

    @Override
    public FileChannel create(Path part) throws IOException {
      operation();
      return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void force(FileChannel channel, Path part) throws IOException {
      operation();
      if (forces) {
        forcedContent.put(part.toString(), Files.readString(part));
      }
    }

    @Override
    public void move(Path part, Path file) throws IOException {
      operation();
      unforcedMoves.add(new Path[] {part, file});
    }

    @Override
    public void forceFolder(Path path) throws IOException {
      operation();
      apply(true);
    }

    @Override
    public void delete(Path part) throws IOException {
      Files.deleteIfExists(part);
    }

    /** What is found when the power is back. */
    void apply(boolean all) throws IOException {
      for (Path[] move : unforcedMoves) {
        if (all || random.nextBoolean()) {
          names.put(move[1].toString(), content(move[0]));
        }
      }
      unforcedMoves.clear();
    }

    private String content(Path part) throws IOException {
      String forced = forcedContent.get(part.toString());
      if (forced != null) {
        return forced;
      }
      // Not forced: a prefix of what was written, or zeros in its place.
      String written = Files.readString(part);
      int kept = random.nextInt(written.length());
      return random.nextBoolean() ? written.substring(0, kept) : "\0".repeat(written.length());
    }
  }

  private String after(int operations, long seed, boolean forces) throws IOException {
    Path file = folder.resolve("file-" + operations + "-" + seed + "-" + forces);
    Disk disk = new Disk(operations, seed, forces, file);
    boolean returned = true;
    try {
      DurableFile.replace(file, PowerCutTest::write, disk);
    } catch (PowerCut e) {
      returned = false;
    }
    disk.apply(false);
    String found = disk.names.get(file.toString());
    assertThat(returned && forces && !found.equals(NEW)).as("lost after it returned").isFalse();
    return found;
  }

  private static void write(FileChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(NEW.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void theFileIsTheOldOrTheNewOne(int operations) throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(after(operations, seed, true)).isIn(OLD, NEW);
    }
  }

  @Test
  void thisDiskWouldShowAFileThatWasNotForced() throws IOException {
    boolean torn = false;
    for (long seed = 0; seed < 50; seed++) {
      torn |= !List.of(OLD, NEW).contains(after(4, seed, false));
    }
    assertThat(torn).isTrue();
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNoPart() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), OLD);
    assertThatThrownBy(() ->
            DurableFile.replace(
                file,
                channel -> {
                  write(channel);
                  throw new IOException("No space left on device");
                }))
        .hasMessageContaining("No space");
    assertThat(file).hasContent(OLD);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    DurableFile.replace(file, PowerCutTest::write);
    assertThat(file).hasContent(NEW);
  }
}
