package org.trm4j.training.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.training.config.TrainingConfigs;

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

  /** Each way into JSON, in a fresh class loader, and again after the first failure. */
  @ParameterizedTest
  @CsvSource({
    "org.trm4j.training.config.TrainingConfigs, recipe, java.lang.String, demo",
    "org.trm4j.training.json.Json, mapper, , ",
  })
  void theErrorNamesTheArtifact(String name, String method, String type, String argument)
      throws Exception {
    try (OldAnnotations loader = new OldAnnotations(jars())) {
      Class<?>[] types = type == null ? new Class<?>[0] : new Class<?>[] {Class.forName(type)};
      Object[] arguments = type == null ? new Object[0] : new Object[] {argument};
      Method called = loader.loadClass(name).getMethod(method, types);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> called.invoke(null, arguments))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .satisfies(e ->
                assertThat(e.getClass().getName()).isEqualTo("org.trm4j.plugin.PluginException"))
            .hasMessageContaining(
                "com.fasterxml.jackson.core:jackson-annotations to 2.22 or later");
      }
    }
    assertThat(TrainingConfigs.recipe("demo")).isNotNull();
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
