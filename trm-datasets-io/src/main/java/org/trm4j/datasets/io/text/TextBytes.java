package org.trm4j.datasets.io.text;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.trm4j.dataset.spi.DatasetException;

/**
 * Opens text by its bytes, not by the file name: gzip, byte order marks, UTF-16. An unsupported
 * container is named, with advice.
 */
final class TextBytes {
  private static final int BUFFER = 1 << 16;

  private TextBytes() {}

  /** Opens a file. */
  static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      byte[] start = peek(in);
      if (FileKind.starts(start, 0x1F, 0x8B)) {
        in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
        start = peek(in);
      }
      refuse(file, start);
      Charset charset = StandardCharsets.UTF_8;
      int mark = 0;
      if (FileKind.starts(start, 0xEF, 0xBB, 0xBF)) {
        mark = 3;
      } else if (start.length >= 4 && (start[0] == 0) != (start[1] == 0)) {
        // Without a byte order mark every second byte of plain text is 0.
        charset = start[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      } else if (FileKind.starts(start, 0xFF, 0xFE) || FileKind.starts(start, 0xFE, 0xFF)) {
        mark = 2;
        charset = start[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      }
      in.skipNBytes(mark);
      return new BufferedReader(
          new BoundedLines(
              new InputStreamReader(
                  in,
                  charset
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT))),
          BUFFER);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(FileKind.LONGEST);
    byte[] start = in.readNBytes(FileKind.LONGEST);
    in.reset();
    return start;
  }

  private static void refuse(Path file, byte[] start) {
    String kind = FileKind.of(start);
    if (kind != null) {
      throw new DatasetException("%s: %s".formatted(file, kind));
    }
  }
}
