package org.trm4j.checkpoint.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is written to while it is read is no content, and reading it again is. */
class FileContentTest {
  /** Another process changes the length once reading has begun. */
  private record Changing(SeekableByteChannel channel, Path file, long to)
      implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer into) throws IOException {
      try (SeekableByteChannel other =
          Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
        if (to < other.size()) {
          other.truncate(to);
        } else {
          other.position(to - 1).write(ByteBuffer.allocate(1));
        }
      }
      return channel.read(into);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1001, 5000})
  void aLengthThatChangesIsRefused(long to) throws IOException {
    Path file = folder.resolve("file");
    byte[] bytes = new byte[1000];
    bytes[999] = 7;
    Files.write(file, bytes);
    try (Changing channel = new Changing(Files.newByteChannel(file), file, to)) {
      assertThatThrownBy(() -> FileContent.read(channel))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "1000 bytes, then %s: it was written to while it was read; read it again"
                  .formatted(to));
    }
    assertThat(FileContent.read(file).byteSize()).isEqualTo(to);
  }

  @Test
  void whatWasReadIsNotWhatBecomesOfTheFile() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
    MemorySegment content = FileContent.read(file);
    Files.write(file, new byte[] {9});
    assertThat(content.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
  }
}
