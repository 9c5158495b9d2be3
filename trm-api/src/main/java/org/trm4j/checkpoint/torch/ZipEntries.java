package org.trm4j.checkpoint.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The stored entries of a zip or zip64 file in memory, as views: no byte is copied, and every size
 * is checked against the length of the file first. The CRC-32 of an entry is verified when it is
 * first read.
 */
final class ZipEntries {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final long FULL = 0xFFFFFFFFL;
  private static final int CHUNK = 1 << 26;

  private final MemorySegment file;
  private final Map<String, Stored> entries = new LinkedHashMap<>();
  private final Set<String> verified = new HashSet<>();
  private boolean checksums;
  private long total;

  private record Stored(MemorySegment data, int crc) {}

  private ZipEntries(MemorySegment file) {
    this.file = file;
  }

  /** Reads the directory; throws {@link IllegalArgumentException}. */
  static ZipEntries of(MemorySegment file) {
    ZipEntries zip = new ZipEntries(file);
    zip.directory();
    return zip;
  }

  Set<String> names() {
    return entries.keySet();
  }

  /**
   * Returns an entry's bytes, or null if there is none; throws {@link IllegalArgumentException}
   * where they are not what was written.
   */
  @Nullable MemorySegment get(String name) {
    Stored entry = entries.get(name);
    if (entry == null) {
      return null;
    }
    // torch.serialization.set_crc32_options(False) leaves every checksum zero.
    if (checksums && verified.add(name)) {
      int found = crc(entry.data);
      if (found != entry.crc) {
        throw new IllegalArgumentException(
            "entry %s: its content has CRC-32 %08x, expected %08x: it is damaged"
                .formatted(name, found, entry.crc));
      }
    }
    return entry.data;
  }

  private static int crc(MemorySegment data) {
    CRC32 crc = new CRC32();
    for (long from = 0; from < data.byteSize(); from += CHUNK) {
      crc.update(data.asSlice(from, Math.min(CHUNK, data.byteSize() - from)).asByteBuffer());
    }
    return (int) crc.getValue();
  }

  private void directory() {
    long end = end();
    long count = number(end + 10, SHORT) & 0xFFFF;
    long at = number(end + 16, INT) & FULL;
    if (end >= 20 && number(end - 20, INT) == LOCATOR_64) {
      long end64 = number(end - 20 + 8, LONG);
      if (number(end64, INT) != END_64) {
        throw new IllegalArgumentException("zip64 directory not found at byte " + end64);
      }
      count = number(end64 + 32, LONG);
      at = number(end64 + 48, LONG);
    }
    for (long i = 0; i < count; i++) {
      at = entry(at);
    }
  }

  private long end() {
    long last = file.byteSize() - END_SIZE;
    for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
      if (number(at, INT) == END) {
        return at;
      }
    }
    throw new IllegalArgumentException("end of the zip directory not found: it is truncated");
  }

  private long entry(long at) {
    if (number(at, INT) != CENTRAL) {
      throw new IllegalArgumentException("zip directory entry not found at byte " + at);
    }
    int flags = (int) number(at + 8, SHORT);
    int method = (int) number(at + 10, SHORT);
    long size = number(at + 24, INT) & FULL;
    int nameLength = (int) number(at + 28, SHORT) & 0xFFFF;
    int extraLength = (int) number(at + 30, SHORT) & 0xFFFF;
    int commentLength = (int) number(at + 32, SHORT) & 0xFFFF;
    long packed = number(at + 20, INT) & FULL;
    long local = number(at + 42, INT) & FULL;
    String name =
        new String(
            slice(at + 46, nameLength, "name").toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.UTF_8);
    long field = at + 46 + nameLength;
    long fieldsEnd = field + extraLength;
    while (field + 4 <= fieldsEnd) {
      int id = (int) number(field, SHORT) & 0xFFFF;
      long next = field + 4 + (number(field + 2, SHORT) & 0xFFFF);
      if (id == 1) {
        // Only those that did not fit are there, in this order.
        long value = field + 4;
        if (size == FULL) {
          size = number(value, LONG);
          value += 8;
        }
        if (packed == FULL) {
          value += 8;
        }
        if (local == FULL) {
          local = number(value, LONG);
        }
      }
      field = next;
    }
    if (method != 0 || (flags & 1) != 0) {
      throw new IllegalArgumentException(
          "entry %s: compressed or encrypted, expected stored as torch.save does".formatted(name));
    }
    int crc = (int) number(at + 16, INT);
    checksums |= crc != 0;
    total += size;
    if (total < 0 || total > file.byteSize()) {
      throw new IllegalArgumentException(
          "entry %s: the entries overlap: together they are larger than the file".formatted(name));
    }
    if (entries.put(name, new Stored(data(name, local, size), crc)) != null) {
      throw new IllegalArgumentException("entry %s: present twice".formatted(name));
    }
    return fieldsEnd + commentLength;
  }

  private MemorySegment data(String name, long local, long size) {
    if (number(local, INT) != LOCAL) {
      throw new IllegalArgumentException("entry %s: no header at byte %s".formatted(name, local));
    }
    long nameLength = number(local + 26, SHORT) & 0xFFFF;
    long extraLength = number(local + 28, SHORT) & 0xFFFF;
    return slice(local + 30 + nameLength + extraLength, size, name);
  }

  private MemorySegment slice(long from, long size, String what) {
    if (from < 0 || size < 0 || from > file.byteSize() || size > file.byteSize() - from) {
      throw new IllegalArgumentException(
          "entry %s: %s bytes from byte %s, the file has %s: it is truncated or damaged"
              .formatted(what, size, from, file.byteSize()));
    }
    return file.asSlice(from, size);
  }

  private long number(long at, ValueLayout layout) {
    MemorySegment bytes = slice(at, layout.byteSize(), "directory");
    return switch (layout) {
      case ValueLayout.OfShort s -> bytes.get(s, 0);
      case ValueLayout.OfInt i -> bytes.get(i, 0);
      case ValueLayout.OfLong l -> bytes.get(l, 0);
      default -> throw new IllegalArgumentException("layout " + layout);
    };
  }
}
