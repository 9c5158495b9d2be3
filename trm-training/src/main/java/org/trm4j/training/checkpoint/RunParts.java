package org.trm4j.training.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.training.TrainingException;

/**
 * A run folder in files of a limited size, for machines that can exchange only small files: a list,
 * {@code parts.txt}, with the length and SHA-256 of every part, and parts {@code part-001}, {@code
 * part-002} and so on, which are the folder's files one after the other.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class RunParts {
  /** Bytes of a part: 16 MiB. */
  public static final int PART = 16 << 20;

  /** Bytes of all parts: 64 MiB. */
  public static final long MOST = 64L << 20;

  private static final String LIST = "parts.txt";
  private static final String HEADER = "trm run parts 1";
  private static final String STATE = "resume.safetensors";
  private static final Set<String> NAMES =
      Set.of("config.json", "metrics.jsonl", STATE, "model.safetensors", "best.safetensors");
  private static final String LEFT_OUT = "left-out";

  private RunParts() {}

  /**
   * What was written or joined.
   *
   * @param bytes of all parts
   * @param leftOut the name of the file that a run folder has and its parts have not; empty where
   *     they have all
   */
  public record Carried(long bytes, String leftOut) {}

  /** A line of the list: a file of the run, a file that is not carried, or a part. */
  private record Entry(String kind, String name, long bytes, String sha256) {
    String line() {
      return "%s %s %s %s".formatted(kind, name, bytes, sha256);
    }
  }

  /**
   * Writes the parts of a run folder, which is locked meanwhile.
   *
   * @param into a folder that does not exist or is empty
   * @param compact whether slots start anew and moments are rounded to BF16
   * @param most bytes of all parts
   * @return what was written
   */
  public static Carried write(Path run, Path into, boolean compact, long most) {
    RunFolder folder = RunFolder.open(run);
    try (@SuppressWarnings("unused")
        RunLock lock = folder.lock()) {
      return write(folder, into, compact, most);
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(into, e), e);
    }
  }

  private static Carried write(RunFolder folder, Path into, boolean compact, long most)
      throws IOException {
    if (!Files.isRegularFile(folder.resumeFile())) {
      throw new TrainingException(
          "%s: has no %s yet, nothing to go on with".formatted(folder.path(), STATE));
    }
    empty(into);
    Path shorter = null;
    try {
      List<Path> files = new ArrayList<>();
      for (String name : NAMES.stream().sorted().toList()) {
        Path file = folder.path().resolve(name);
        if (compact && name.equals(STATE)) {
          shorter = Files.createTempDirectory(into, "compact").resolve(STATE);
          ResumeState.read(file).compact().write(shorter);
          file = shorter;
        }
        if (Files.isRegularFile(file)) {
          files.add(file);
        }
      }
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      if (bytes > most) {
        throw new TrainingException(
            "%s: %s, expected at most %s%s"
                .formatted(
                    folder.path(),
                    mebibytes(bytes),
                    mebibytes(most),
                    compact ? "" : "; a compact state is smaller (--compact)"));
      }
      Path left = folder.beforeRiseFile();
      boolean leaves = Files.isRegularFile(left);
      write(files, leaves ? List.of(left) : List.of(), into);
      return new Carried(bytes, leaves ? name(left) : "");
    } finally {
      if (shorter != null) {
        Files.deleteIfExists(shorter);
        Files.deleteIfExists(shorter.getParent());
      }
    }
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }

  private static void empty(Path folder) throws IOException {
    DurableFile.createFolder(folder);
    try (var files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new TrainingException("%s: is not empty, expected a new folder".formatted(folder));
      }
    }
  }

  private static void write(List<Path> files, List<Path> leftOut, Path into) throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<Entry> parts = new ArrayList<>();
    try (Parts out = new Parts(into, parts)) {
      for (Path file : files) {
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
            bytes += n;
          }
        }
        entries.add(new Entry("file", name(file), bytes, Sha256.text(digest)));
      }
    }
    for (Path file : leftOut) {
      entries.add(new Entry(LEFT_OUT, name(file), Files.size(file), Sha256.of(file)));
    }
    entries.addAll(parts);
    List<String> lines = new ArrayList<>(List.of(HEADER));
    entries.forEach(entry -> lines.add(entry.line()));
    byte[] list = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    DurableFile.replace(
        into.resolve(LIST), channel -> Channels.newOutputStream(channel).write(list));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * Makes a run folder from parts, after checking all of them.
   *
   * @param run a folder that does not exist or is empty
   * @return what was joined
   */
  public static Carried join(Path parts, Path run) {
    Path list = parts.resolve(LIST);
    try {
      List<Entry> files = new ArrayList<>();
      List<Entry> pieces = new ArrayList<>();
      String leftOut = "";
      for (String line : lines(list)) {
        Entry entry = entry(list, line);
        if (entry.kind().equals(LEFT_OUT)) {
          leftOut = entry.name();
        } else {
          (entry.kind().equals("file") ? files : pieces).add(entry);
        }
      }
      for (Entry piece : pieces) {
        check(parts.resolve(piece.name()), piece);
      }
      empty(run);
      try (InputStream in = new Joined(parts, pieces.stream().map(Entry::name).toList())) {
        for (Entry file : files) {
          Path to = run.resolve(file.name());
          DurableFile.replace(
              to, channel -> copy(in, Channels.newOutputStream(channel), file.bytes()));
          check(to, file);
        }
      }
      return new Carried(pieces.stream().mapToLong(Entry::bytes).sum(), leftOut);
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be joined: %s".formatted(parts, e), e);
    }
  }

  private static List<String> lines(Path list) throws IOException {
    if (!Files.isRegularFile(list)) {
      throw new TrainingException("%s: is missing, expected the list of the parts".formatted(list));
    }
    List<String> lines = Files.readAllLines(list);
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new TrainingException(
          "%s: begins with %s, expected %s"
              .formatted(list, lines.isEmpty() ? "nothing" : lines.getFirst(), HEADER));
    }
    return lines.subList(1, lines.size());
  }

  private static Entry entry(Path list, String line) {
    String[] words = line.split(" ", -1);
    boolean known =
        words.length == 4
            && words[2].matches("[0-9]{1,12}")
            && switch (words[0]) {
              case "file" -> NAMES.contains(words[1]);
              case LEFT_OUT -> words[1].equals(RunFolder.BEFORE_RISE);
              case "part" -> words[1].matches("part-[0-9]{3}");
              default -> false;
            };
    if (!known) {
      throw new TrainingException(
          "%s: %s, expected a file of a run or a part with its bytes and SHA-256"
              .formatted(list, line));
    }
    return new Entry(words[0], words[1], Long.parseLong(words[2]), words[3]);
  }

  private static void check(Path file, Entry entry) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TrainingException("%s: is missing".formatted(file));
    }
    if (Files.size(file) != entry.bytes()) {
      throw new TrainingException(
          "%s: %s bytes, expected %s".formatted(file, Files.size(file), entry.bytes()));
    }
    String found = Sha256.of(file);
    if (!found.equals(entry.sha256())) {
      throw new TrainingException(
          "%s: SHA-256 %s, expected %s: it is damaged, copy it again"
              .formatted(file, found, entry.sha256()));
    }
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = bytes; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        return;
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  /** Writes one part after the other. */
  private static final class Parts extends OutputStream {
    private final Path folder;
    private final List<Entry> written;
    private OutputStream out = OutputStream.nullOutputStream();
    private @Nullable FileChannel channel;
    private MessageDigest digest = Sha256.digest();
    private int bytes = PART;

    Parts(Path folder, List<Entry> written) {
      this.folder = folder;
      this.written = written;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] values, int from, int count) throws IOException {
      for (int done = 0; done < count; ) {
        if (bytes == PART) {
          next();
        }
        int n = Math.min(PART - bytes, count - done);
        out.write(values, from + done, n);
        digest.update(values, from + done, n);
        bytes += n;
        done += n;
      }
    }

    private void next() throws IOException {
      finish();
      String name = String.format(Locale.ROOT, "part-%03d", written.size() + 1);
      channel =
          FileChannel.open(
              folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      out = new BufferedOutputStream(Channels.newOutputStream(channel));
      written.add(new Entry("part", name, 0, ""));
      bytes = 0;
    }

    private void finish() throws IOException {
      try {
        out.flush();
        if (channel != null) {
          // The list is written last, so if it exists, all parts exist.
          channel.force(true);
        }
      } finally {
        out.close();
        channel = null;
      }
      if (!written.isEmpty()) {
        Entry last = written.removeLast();
        written.add(new Entry("part", last.name(), bytes, Sha256.text(digest)));
      }
    }

    @Override
    public void close() throws IOException {
      finish();
    }
  }

  /** Reads one part after the other. */
  private static final class Joined extends InputStream {
    private final Path folder;
    private final List<String> names;
    private int next;
    private InputStream in = InputStream.nullInputStream();

    Joined(Path folder, List<String> names) {
      this.folder = folder;
      this.names = names;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] values, int from, int count) throws IOException {
      int n = in.read(values, from, count);
      while (n < 0 && next < names.size()) {
        in.close();
        in = Files.newInputStream(folder.resolve(names.get(next++)));
        n = in.read(values, from, count);
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
