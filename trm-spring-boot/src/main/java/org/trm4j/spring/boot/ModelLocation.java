package org.trm4j.spring.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;

/** Reads the model that a property names. */
final class ModelLocation {
  // At least two letters, because C:\models is a path.
  private static final Pattern RESOURCE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private ModelLocation() {}

  /**
   * Reads a model.
   *
   * @param property the property with the location, for messages
   * @throws CheckpointException if there is no such model, or its file is not a model
   */
  static SavedModel read(String property, String location, ResourceLoader resources) {
    if (RESOURCE.matcher(location).matches()) {
      return resource(property, location, resources.getResource(location));
    }
    if (exists(location)) {
      return ModelFiles.read(Path.of(location));
    }
    List<String> names =
        Trm.standard().models().stream().map(model -> model.description().name()).toList();
    if (names.contains(location)) {
      return Trm.standard().model(location).read();
    }
    throw new CheckpointException(
        "%s: '%s' is no file or folder (looked in %s), and no model in the box has that name; there: %s"
            .formatted(
                property,
                location,
                Path.of("").toAbsolutePath(),
                names.isEmpty() ? "none" : String.join(", ", names)));
  }

  private static SavedModel resource(String property, String location, Resource resource) {
    if (!resource.exists()) {
      throw new CheckpointException(
          "%s: '%s' does not exist; looked for it in %s"
              .formatted(property, location, resource.getDescription()));
    }
    try (InputStream in = resource.getInputStream()) {
      return ModelFiles.read(in, location);
    } catch (IOException e) {
      throw new CheckpointException(
          "%s: '%s' cannot be read: %s".formatted(property, location, e), e);
    }
  }

  private static boolean exists(String location) {
    try {
      return Files.exists(Path.of(location));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
