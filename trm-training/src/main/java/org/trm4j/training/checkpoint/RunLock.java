package org.trm4j.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.TrainingException;

/**
 * Allows one process at a time to train in a run folder. The operating system frees the lock
 * however the process ends, so a killed run leaves nothing to clean up; the file stays.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class RunLock implements AutoCloseable {
  private static final String FILE = "run.lock";

  /**
   * Far behind the process id, so that other processes can read the id where locks are mandatory.
   */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Locks a folder that exists; throws {@link TrainingException} that names who holds it. */
  public static RunLock of(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = read(channel);
        channel.close();
        throw new TrainingException(
            "run folder %s: process %s trains in it; stop that one first, or choose another folder"
                .formatted(folder, holder.isEmpty() ? "of unknown id" : holder));
      }
      channel.truncate(0);
      String id = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)), 0);
      return new RunLock(channel);
    } catch (IOException e) {
      close(channel);
      throw new TrainingException(
          "run folder %s: cannot be locked, so that no other process trains in it: %s"
              .formatted(folder, e),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(PLACE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer id = ByteBuffer.allocate(20);
    channel.read(id, 0);
    return new String(id.array(), 0, id.position(), StandardCharsets.US_ASCII)
        .replaceAll("[^0-9]", "");
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process.
      }
    }
  }

  /** Frees the folder; a second call does nothing. */
  @Override
  public void close() {
    close(channel);
  }
}
