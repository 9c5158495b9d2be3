package org.trm4j.datasets.io.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.dataset.spi.DatasetException;

class DownloaderTest {
  private final byte[] content = new byte[200_000];
  @TempDir private Path folder;
  private BadServer server;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    new SplittableRandom(5).nextBytes(content);
    server = new BadServer(content);
    Path file = folder.resolve("content");
    Files.write(file, content);
    sha256 = Sha256.of(file);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Downloader downloader(boolean offline) {
    return new Downloader(
        folder.resolve("cache"), offline, ProxySelector.of(null), patience(Duration.ofMillis(400)));
  }

  private static Patience patience(Duration stall) {
    return new Patience(stall, 50_000, Duration.ofMillis(800), Duration.ofMillis(5));
  }

  private Path fetch(String... behaviours) {
    List<URI> urls = Arrays.stream(behaviours).map(server::url).toList();
    return fetch(false, urls);
  }

  private Path fetch(boolean offline, List<URI> urls) {
    DataSource source =
        new DataSource(
            "some-data",
            "",
            "",
            List.of(new RemoteFile("train/data.bin", content.length, sha256, urls)));
    try (Downloader downloader = downloader(offline)) {
      return downloader.fetch(source, FetchListener.NONE).resolve("train/data.bin");
    }
  }

  private Path part() {
    return folder.resolve("cache/some-data/train/data.bin.part");
  }

  private void failsWith(String behaviour, String reason) {
    assertThatThrownBy(() -> fetch(behaviour))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("fetch some-data: train/data.bin was not obtained: ")
        .hasMessageContaining(server.url(behaviour).toString())
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    assertThat(folder.resolve("cache/some-data/train/data.bin")).doesNotExist();
  }

  @Test
  void whatIsCachedIsNotFetchedAgain() {
    assertThat(fetch("good")).hasBinaryContent(content);
    assertThat(fetch("good")).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("good");
    assertThat(fetch(true, List.of())).hasBinaryContent(content);
  }

  @Test
  void whatIsDamagedInTheCacheIsFetchedAgain() throws IOException {
    Files.write(fetch("good"), new byte[3]);
    assertThatThrownBy(() -> fetch(true, List.of()))
        .hasMessageContaining("is damaged in")
        .hasMessageContaining("offline mode");
    assertThat(fetch("good")).hasBinaryContent(content);
  }

  @Test
  void offlineModeSaysWhatIsMissing() {
    assertThatThrownBy(() -> fetch(true, List.of(server.url("good"))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("train/data.bin is not in")
        .hasMessageContaining("offline mode");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aLineThatIsCutIsResumed() {
    assertThat(fetch("cuts")).hasBinaryContent(content);
    assertThat(server.requests.getFirst()).isEqualTo("cuts");
    assertThat(server.requests).hasSizeGreaterThan(3);
    assertThat(server.requests.subList(1, server.requests.size()))
        .allMatch(request -> request.startsWith("cuts from "));
  }

  @Test
  void aServerWithoutRangesIsAskedForAllOfIt() {
    assertThat(fetch("no-ranges")).hasBinaryContent(content);
  }

  @Test
  void anInterruptedRunIsResumedByTheNext() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 150_000));
    assertThat(fetch("good")).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("good from 150000");
  }

  @Test
  void aWrongBeginningIsDroppedAndFetchedWhole() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[150_000]);
    assertThat(fetch("good")).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("good from 150000", "good");
    Files.write(part(), new byte[content.length + 9]);
    Files.delete(folder.resolve("cache/some-data/train/data.bin"));
    assertThat(fetch("good")).hasBinaryContent(content);
  }

  @Test
  void wrongBytesAreRefused() {
    failsWith("wrong-bytes", "expected " + sha256);
  }

  @Test
  void sizesThatLieAreRefused() {
    failsWith("longer", "offers 200005 bytes, expected 200000");
    failsWith("shorter", "offers 199995 bytes, expected 200000");
    failsWith("endless", "sends more than the expected 200000 bytes");
  }

  @Test
  void rangesThatLieAreRefused() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 100));
    failsWith("wrong-range", "offers 'bytes 0-9/10', expected 'bytes ");
  }

  /** The beginning is right, what is asked for after the cut never is: not again and again. */
  @Test
  void aMirrorThatResumesWithGarbageIsLeftForTheNext() {
    failsWith("garbage-after", "expected " + sha256);
    server.requests.clear();
    assertThat(fetch("garbage-after", "good")).hasBinaryContent(content);
    assertThat(server.requests)
        .containsExactly("garbage-after", "garbage-after from 100000", "good");
  }

  @Test
  void aBadBeginningOfAnotherIsDroppedOnceWhereTheLineIsCut() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[150_000]);
    assertThat(fetch("cuts")).hasBinaryContent(content);
  }

  @Test
  void headersThatMakeNoSenseLeadToTheNextMirror() {
    failsWith("unasked-part", "HTTP 206, although no part was asked for");
    failsWith("no-number", "abc");
    server.requests.clear();
    assertThat(fetch("no-number", "unasked-part", "good")).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("no-number", "unasked-part", "good");
  }

  @Test
  void aDripMeetsItsDeadline() {
    failsWith("drips", "less than 50000 bytes a second came");
  }

  @Test
  void redirectsAreFollowedWhereAddressesAreAllowed() {
    failsWith("moved-to-open-line", "redirects to 'http://example.org/a', expected https");
    failsWith("moved-in-a-circle", "redirects more than 5 times");
    failsWith("moved-nowhere", "redirects to '', expected https");
    assertThat(fetch("moved")).hasBinaryContent(content);
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    failsWith("silent", "cut off after 1000 of 200000 bytes");
  }

  @Test
  void aBusyServerIsAskedAgain() {
    assertThat(fetch("busy")).hasBinaryContent(content);
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void theNextMirrorHelps() {
    assertThat(fetch("missing", "wrong-bytes", "good")).hasBinaryContent(content);
    assertThat(server.requests).containsExactly("missing", "wrong-bytes", "good");
    failsNowhere();
  }

  private void failsNowhere() {
    assertThat(part()).doesNotExist();
  }

  @Test
  void everyMirrorsAnswerIsTold() {
    assertThatThrownBy(
            () -> {
              List<URI> urls = List.of(server.url("missing"), server.url("longer"));
              fetch(false, urls);
            })
        .hasMessageContaining("HTTP 404; ")
        .hasMessageContaining("offers 200005 bytes")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("--offline"));
  }

  @Test
  void withoutNetworkItSaysWhatCanBeDone() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:%s/x".formatted(port));
    assertThatThrownBy(() -> fetch(false, List.of(nobody)))
        .hasMessageContaining("no connection")
        .hasMessageContaining("--offline")
        .hasMessageContaining("HTTPS_PROXY");
  }

  @Test
  void aProxyIsUsed() {
    try (Downloader downloader =
        new Downloader(
            folder.resolve("cache"),
            false,
            ProxySelector.of(new InetSocketAddress("127.0.0.1", server.url("good").getPort())),
            patience(Duration.ofSeconds(2)))) {
      RemoteFile file =
          new RemoteFile(
              "a", content.length, sha256, List.of(URI.create("http://localhost:1/good")));
      Path fetched =
          downloader.fetch(new DataSource("by-proxy", "", "", List.of(file)), FetchListener.NONE);
      assertThat(fetched.resolve("a")).hasBinaryContent(content);
    }
  }

  @Test
  void sourcesThatLeaveTheirFolderOrUseAnOpenLineAreRefused() {
    URI https = URI.create("https://example.org/a");
    for (String path : List.of("../a", "/a", "a/../../b", "", "./a")) {
      assertThatThrownBy(() -> new RemoteFile(path, 1, sha256, List.of(https)))
          .as(path)
          .hasMessageContaining("expected one within the source's folder");
    }
    assertThatThrownBy(
            () -> new RemoteFile("a", 1, sha256, List.of(URI.create("http://example.org/a"))))
        .hasMessageContaining("expected https");
    assertThatThrownBy(() -> new RemoteFile("a", 1, "12", List.of(https)))
        .hasMessageContaining("SHA-256");
  }

  @Test
  void thePublishedCatalogIsComplete() {
    List<String> names = new ArrayList<>();
    for (DataSource source : DataCatalog.published().sources()) {
      names.add(source.name());
      assertThat(source.files()).isNotEmpty().allSatisfy(f -> assertThat(f.urls()).isNotEmpty());
      assertThat(source.licence()).isNotBlank();
    }
    assertThat(names).contains("arc-agi-1", "arc-agi-2", "maze-hard", "sudoku-extreme-1k");
    assertThatThrownBy(() -> DataCatalog.published().get("chess"))
        .hasMessageContaining("unknown source chess")
        .hasMessageContaining("arc-agi-1");
  }
}
