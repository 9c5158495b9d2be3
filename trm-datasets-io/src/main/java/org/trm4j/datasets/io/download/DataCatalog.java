package org.trm4j.datasets.io.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The sources that can be fetched by name. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DataCatalog {
  private final Map<String, DataSource> sources;

  private DataCatalog(Map<String, DataSource> sources) {
    this.sources = sources;
  }

  /** Returns the sources that come with the library. */
  public static DataCatalog published() {
    try (InputStream in = DataCatalog.class.getResourceAsStream("sources.json")) {
      if (in == null) {
        throw new IllegalStateException("sources.json is missing from the jar");
      }
      return parse(in, "sources.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a user's own catalog, a file of the same form. */
  public static DataCatalog read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in, file.toString());
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private static DataCatalog parse(InputStream in, String name) {
    try {
      Map<String, DataSource> sources = new LinkedHashMap<>();
      for (JsonNode node : Json.mapper().readTree(in)) {
        List<RemoteFile> files = new ArrayList<>();
        for (JsonNode file : node.path("files")) {
          List<URI> urls = new ArrayList<>();
          file.path("urls").forEach(url -> urls.add(URI.create(url.asString(""))));
          files.add(
              new RemoteFile(
                  file.path("path").asString(""),
                  file.path("size").asLong(-1),
                  file.path("sha256").asString(""),
                  urls));
        }
        DataSource source =
            new DataSource(
                node.path("name").asString(""),
                node.path("description").asString(""),
                node.path("licence").asString("not stated"),
                files);
        sources.put(source.name(), source);
      }
      return new DataCatalog(sources);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new DatasetException("%s: no catalog: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Returns all sources. */
  public List<DataSource> sources() {
    return List.copyOf(sources.values());
  }

  /** Returns a source; throws {@link DatasetException} that names those there are. */
  public DataSource get(String name) {
    DataSource source = sources.get(name);
    if (source == null) {
      throw new DatasetException(
          "fetch: unknown source %s, expected one of %s".formatted(name, sources.keySet()));
    }
    return source;
  }
}
