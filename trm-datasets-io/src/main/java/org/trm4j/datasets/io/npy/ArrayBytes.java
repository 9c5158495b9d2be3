package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The bytes of an array's file, read when they are asked for. They are not mapped: a mapped file
 * that another process truncates ends the reader with an error of the virtual machine.
 */
interface ArrayBytes extends AutoCloseable {
  /** Files up to this size are read at once. */
  int SMALL = 1 << 22;

  /** Returns the number of bytes. */
  long size();

  /** Reads bytes from {@code at} on into all of {@code target}. */
  void read(long at, byte[] target);

  @Override
  default void close() {
    // Memory is nobody's to free.
  }

  /** Returns bytes in memory. */
  static ArrayBytes of(MemorySegment bytes) {
    return new ArrayBytes() {
      @Override
      public long size() {
        return bytes.byteSize();
      }

      @Override
      public void read(long at, byte[] target) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, target, 0, target.length);
      }
    };
  }

  /** Opens a file. */
  static ArrayBytes open(Path path) throws IOException {
    long size = Files.size(path);
    if (size <= SMALL) {
      return of(MemorySegment.ofArray(Files.readAllBytes(path)));
    }
    // No channel: an interrupt of one reader would close it for all.
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    return new ArrayBytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public synchronized void read(long at, byte[] target) {
        try {
          file.seek(at);
          file.readFully(target);
        } catch (IOException e) {
          throw new DatasetException(
              "%s: byte %s cannot be read any more, of %s when it was opened; it changed or was closed (%s)"
                  .formatted(path, at, size, e),
              e);
        }
      }

      @Override
      public void close() {
        try {
          file.close();
        } catch (IOException e) {
          throw new DatasetException("%s: cannot be closed: %s".formatted(path, e), e);
        }
      }
    };
  }
}
