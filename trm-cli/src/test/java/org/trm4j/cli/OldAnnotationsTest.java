package org.trm4j.cli;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose dependency management lowers jackson-annotations is told so in one line. */
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugins --json",
        "models --json",
        "train --data sudoku:size=4,train=8,test=2 --config demo --steps 1 --out %s"
      })
  void theErrorNamesTheArtifact(String command, @TempDir Path folder) throws Exception {
    try (OldAnnotations loader = new OldAnnotations(jars())) {
      Method run = loader.loadClass(Run.class.getName()).getDeclaredMethod("of", Object[].class);
      run.setAccessible(true);
      Object[] arguments = command.formatted(folder.resolve("run")).split(" ");
      Object done = run.invoke(null, (Object) arguments);
      assertThat(value(done, "err"))
          .asString()
          .hasLineCount(1)
          .startsWith("trm: ")
          .contains("com.fasterxml.jackson.core:jackson-annotations to 2.22 or later");
      assertThat(value(done, "code")).isEqualTo(2);
    }
    assertThat(Run.of("plugins", "--json").code()).isZero();
  }

  /** Each way into JSON, in a fresh class loader, and again after the first failure. */
  @ParameterizedTest
  @CsvSource({
    "org.trm4j.datasets.io.json.Json, mapper, , ",
    "org.trm4j.training.json.Json, mapper, , ",
    "org.trm4j.training.config.TrainingConfigs, recipe, java.lang.String, demo",
  })
  void theExceptionNamesTheArtifact(String name, String method, String type, String argument)
      throws Exception {
    Class<?>[] types = type == null ? new Class<?>[0] : new Class<?>[] {Class.forName(type)};
    Object[] arguments = type == null ? new Object[0] : new Object[] {argument};
    try (OldAnnotations loader = new OldAnnotations(jars())) {
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
    try (URLClassLoader whole = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
      assertThat(whole.loadClass(name).getMethod(method, types).invoke(null, arguments))
          .isNotNull();
    }
  }

  private static Object value(Object run, String name) throws ReflectiveOperationException {
    Method method = run.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    return method.invoke(run);
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
