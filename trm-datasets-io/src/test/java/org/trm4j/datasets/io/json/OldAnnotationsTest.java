package org.trm4j.datasets.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application whose dependency management lowers jackson-annotations is told so. */
class OldAnnotationsTest {
  /** The class path without what jackson-annotations 2.19 does not have. */
  private static final class OldAnnotations extends URLClassLoader {
    OldAnnotations(URL[] jars) {
      super(jars, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals("com.fasterxml.jackson.annotation.JsonSerializeAs")) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }

  @Test
  void theErrorNamesTheArtifact() throws Exception {
    try (OldAnnotations loader = new OldAnnotations(jars())) {
      var mapper = loader.loadClass(Json.class.getName()).getMethod("mapper");
      assertThatThrownBy(() -> mapper.invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .satisfies(
              e -> assertThat(e.getClass().getName()).isEqualTo("org.trm4j.plugin.PluginException"))
          .hasMessageContaining("com.fasterxml.jackson.core:jackson-annotations to 2.22 or later");
    }
    assertThat(Json.mapper()).isNotNull();
  }

  private static URL[] jars() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String property : new String[] {"java.class.path", "jdk.module.path"}) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
        if (!entry.isEmpty()) {
          urls.add(Path.of(entry).toUri().toURL());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }
}
