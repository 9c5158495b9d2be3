package org.trm4j.datasets.io.download;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.dataset.spi.DatasetException;

/**
 * Downloads sources to a cache folder. Files with the pinned SHA-256 are not fetched again;
 * interrupted transfers resume; a mirror that fails or sends wrong data is left for the next. A
 * file gets its name only when it is complete and correct. Closing the downloader ends its
 * connections.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Downloader implements AutoCloseable {
  private static final int TRIES = 4;
  private static final long PIECE = 1 << 20;
  private static final long MAX_WAIT = 30_000;
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Path cache;
  private final boolean offline;
  private final Patience patience;
  private final HttpClient client;

  /**
   * Creates a downloader.
   *
   * @param cache folder that holds a folder for each source
   * @param offline whether only the cache is used
   * @param proxy the system's is {@link ProxySelector#getDefault()}
   */
  public Downloader(Path cache, boolean offline, ProxySelector proxy) {
    this(cache, offline, proxy, Patience.USUAL);
  }

  /** Creates a downloader with its own time limits. */
  Downloader(Path cache, boolean offline, ProxySelector proxy, Patience patience) {
    this.cache = cache;
    this.offline = offline;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            // Transfer follows them, to addresses that are allowed.
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxy)
            .build();
  }

  /**
   * Returns the folder of a source, complete and checked; throws {@link DatasetException} that
   * tells what each mirror answered.
   */
  public Path fetch(DataSource source, FetchListener listener) {
    Path folder = cache.resolve(source.name());
    for (RemoteFile file : source.files()) {
      try {
        fetch(source, file, folder.resolve(file.path()), listener);
      } catch (IOException e) {
        throw new DatasetException(
            "fetch %s: %s: cannot be written to %s: %s"
                .formatted(source.name(), file.path(), folder, e),
            e);
      }
    }
    return folder;
  }

  private void fetch(DataSource source, RemoteFile file, Path target, FetchListener listener)
      throws IOException {
    if (Files.isRegularFile(target) && Sha256.of(target).equals(file.sha256())) {
      listener.progressed(file, file.size());
      return;
    }
    if (offline) {
      throw new DatasetException(
          "fetch %s: %s is %s %s, and this is offline mode; fetch it once while online"
              .formatted(
                  source.name(),
                  file.path(),
                  Files.exists(target) ? "damaged in" : "not in",
                  target.getParent()));
    }
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    List<String> failures = new ArrayList<>();
    for (URI url : file.urls()) {
      String failure = mirror(file, url, part, listener);
      if (failure.isEmpty()) {
        Files.move(
            part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      failures.add(url + ": " + failure);
    }
    throw new DatasetException(
        "fetch %s: %s was not obtained: %s%s"
            .formatted(
                source.name(),
                file.path(),
                failures.isEmpty() ? "it has no address" : String.join("; ", failures),
                hint(failures)));
  }

  private static String hint(List<String> failures) {
    return failures.stream().allMatch(failure -> failure.contains(Transfer.NO_CONNECTION))
        ? "; without network use --offline with a filled cache, behind a proxy set HTTPS_PROXY or --proxy host:port"
        : "";
  }

  /** Tries one address; returns what is wrong with it, or nothing. */
  private String mirror(RemoteFile file, URI url, Path part, FetchListener listener)
      throws IOException {
    String failure = "";
    long wait = patience.pause().toMillis();
    int tries = 0;
    boolean begunElsewhere = Files.isRegularFile(part) && Files.size(part) > 0;
    while (tries < TRIES) {
      if (!failure.isEmpty()) {
        sleep(wait);
        wait = Math.min(2 * wait, MAX_WAIT);
      }
      long before = Files.isRegularFile(part) ? Files.size(part) : 0;
      Transfer.Outcome outcome = new Transfer(client, patience, listener).run(file, url, part);
      switch (outcome) {
        case Transfer.Complete() -> {
          String found = Sha256.of(part);
          if (found.equals(file.sha256())) {
            return "";
          }
          Files.delete(part);
          failure = "SHA-256 is %s, expected %s".formatted(found, file.sha256());
          // Data begun by another mirror may have been wrong; this mirror's own data is its own
          // fault.
          if (!begunElsewhere) {
            return failure;
          }
          begunElsewhere = false;
        }
        case Transfer.Interrupted(String reason) -> {
          failure = reason;
          // A connection that breaks repeatedly but delivers a piece each time finishes eventually.
          long piece = Math.min(PIECE, file.size() / 100 + 1);
          boolean advanced = Files.isRegularFile(part) && Files.size(part) >= before + piece;
          tries = advanced ? 0 : tries + 1;
        }
        case Transfer.Refused(String reason) -> {
          return failure.isEmpty() ? reason : failure + ", then " + reason;
        }
      }
    }
    return failure + " (%s tries)".formatted(TRIES);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatasetException("fetch: interrupted", e);
    }
  }

  /** Ends connections. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
