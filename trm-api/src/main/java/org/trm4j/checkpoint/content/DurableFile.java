package org.trm4j.checkpoint.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apiguardian.api.API;

/**
 * Replaces files so that neither a reader nor a power cut ever sees half of one: a part file beside
 * it is written and forced to the disk, moved over it, and then its folder is forced too.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class DurableFile {
  /** What a part file's name ends with. */
  public static final String PART = ".part";

  private static final int ATTEMPTS = 100;

  private DurableFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to an empty file; need not force it. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * The file system as this class uses it, in the order in which it uses it; a test puts one that
   * loses power in its place.
   */
  interface Disk {
    FileChannel create(Path part) throws IOException;

    void force(FileChannel channel, Path part) throws IOException;

    void move(Path part, Path file) throws IOException;

    void forceFolder(Path folder) throws IOException;

    void delete(Path part) throws IOException;
  }

  /**
   * Replaces a file as a whole. Its part file has a name of its own, so that two writers never
   * share one, and is removed after a failure.
   */
  public static void replace(Path file, Content content) throws IOException {
    replace(file, content, RealDisk.INSTANCE);
  }

  static void replace(Path file, Content content, Disk disk) throws IOException {
    Path part = file;
    FileChannel channel = null;
    for (int attempt = 0; channel == null; attempt++) {
      part = file.resolveSibling(partName(file));
      try {
        channel = disk.create(part);
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
    boolean done = false;
    try {
      try (FileChannel open = channel) {
        content.writeTo(open);
        disk.force(open, part);
      }
      disk.move(part, file);
      done = true;
      disk.forceFolder(folder(file));
    } finally {
      if (!done) {
        disk.delete(part);
      }
    }
  }

  /** Makes a folder and those above it, and forces their entries to the disk. */
  public static void createFolder(Path folder) throws IOException {
    Path missing = folder.toAbsolutePath();
    Path existing = missing;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    Files.createDirectories(folder);
    for (Path made = missing; !made.equals(existing); made = folder(made)) {
      RealDisk.INSTANCE.forceFolder(folder(made));
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private static String partName(Path file) {
    return "%s.%s-%x%s"
        .formatted(file.getFileName(), ProcessHandle.current().pid(), System.nanoTime(), PART);
  }

  private enum RealDisk implements Disk {
    INSTANCE;

    @Override
    public FileChannel create(Path part) throws IOException {
      return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void force(FileChannel channel, Path part) throws IOException {
      channel.force(true);
    }

    @Override
    public void move(Path part, Path file) throws IOException {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      // Windows opens no folder; its file systems write an entry with the file's own data.
      if (folder.getFileSystem().getSeparator().equals("/")) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }

    @Override
    public void delete(Path part) throws IOException {
      Files.deleteIfExists(part);
    }
  }
}
