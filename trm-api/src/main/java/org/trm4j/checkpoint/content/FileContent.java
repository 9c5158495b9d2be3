package org.trm4j.checkpoint.content;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apiguardian.api.API;

/**
 * The content of a file in memory of its own, outside the heap. Not a mapping: a mapped file that
 * is replaced in place changes what is read later without an error, one that is truncated stops the
 * reader by an {@link InternalError}, and only files of the default file system can be mapped.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class FileContent {
  private static final long CHUNK = 1L << 30;

  private FileContent() {}

  /** One of the two ways. */
  public interface Source {
    MemorySegment of(Path file) throws IOException;
  }

  /**
   * Reads a file of any file system; throws {@link IllegalArgumentException} where it changes its
   * length meanwhile.
   */
  public static MemorySegment read(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      return read(channel);
    }
  }

  static MemorySegment read(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    MemorySegment content = allocate(size);
    long at = 0;
    while (at < size) {
      ByteBuffer part = content.asSlice(at, Math.min(CHUNK, size - at)).asByteBuffer();
      int count = channel.read(part);
      if (count < 0) {
        break;
      }
      at += count;
    }
    if (at < size || channel.size() != size) {
      throw new IllegalArgumentException(
          "%s bytes, then %s: it was written to while it was read; read it again"
              .formatted(size, channel.size()));
    }
    return content.asReadOnly();
  }

  /**
   * Maps a file, which must not change while it is used; a file that cannot be mapped is read.
   * Takes no memory, however large the file is.
   */
  public static MemorySegment map(Path file) throws IOException {
    if (file.getFileSystem() != FileSystems.getDefault()) {
      return read(file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private static MemorySegment allocate(long size) {
    try {
      return Arena.ofAuto().allocate(size, Long.BYTES);
    } catch (OutOfMemoryError e) {
      throw new IllegalArgumentException(
          "%s bytes, for which there is no memory outside the heap".formatted(size), e);
    }
  }
}
