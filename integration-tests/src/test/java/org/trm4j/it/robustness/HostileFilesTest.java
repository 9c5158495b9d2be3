package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.it.hosts.HostProcess;

/** Small files do not exhaust a small heap: each is read, or refused in one line. */
class HostileFilesTest {
  @TempDir private Path folder;

  @Test
  void aHeapOf64MegabytesIsEnough(@TempDir Path output) throws IOException, InterruptedException {
    HostileFiles.write(folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }
    HostProcess reader =
        HostProcess.java(
                output,
                List.of(
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HostileReader.class.getName(),
                    folder.toString()))
            .succeeded();
    assertThat(reader.err()).isEmpty();
    List<String> lines = reader.out();
    assertThat(lines).hasSize(10).allSatisfy(line -> assertThat(line).hasSizeLessThan(1000));
    assertThat(lines.get(0)).isEqualTo("collisions.pt: read, 65536 texts");
    assertThat(lines.get(1)).isEqualTo("collisions.safetensors: read, 65536 texts");
    assertThat(lines.get(2)).contains("depth.safetensors: refused:", "64 levels");
    assertThat(lines.get(3)).contains("dictionaries.pt: refused:", "of its few bytes");
    assertThat(lines.get(4)).contains("itself.pt: refused:");
    assertThat(lines.get(5)).contains("line.csv.gz: refused:");
    assertThat(lines.get(6)).contains("names.pt: refused:", "of its few bytes");
    assertThat(lines.get(7)).contains("names.safetensors: refused:", "10000");
    assertThat(lines.get(8)).contains("overlaps.safetensors: refused:", "overlap");
    assertThat(lines.get(9)).contains("shapes.pt: refused:", "10000 dimensions");
  }
}
