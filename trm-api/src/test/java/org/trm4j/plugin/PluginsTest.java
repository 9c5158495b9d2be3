package org.trm4j.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.frontend.DataText;
import org.trm4j.frontend.HaltingText;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** What is said of plug-ins that are missing, broken, too old or present twice. */
class PluginsTest {
  @TempDir private Path temp;

  /** A usable policy. */
  public static class Good implements HaltingPolicyProvider {
    @Override
    public String id() {
      return "good";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "never stops";
    }

    @Override
    public String defaultArgument() {
      return "";
    }

    @Override
    public HaltingPolicy policy(String argument) {
      return progress -> false;
    }
  }

  /** Takes the id of another. */
  public static final class SameId extends Good {}

  /** Compiled against a later interface. */
  public static final class OtherVersion extends Good {
    @Override
    public int spiVersion() {
      return SPI_VERSION + 1;
    }
  }

  /** Cannot be made. */
  public static final class Failing extends Good {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Needs a class that is absent. */
  public static final class Unlinked extends Good {
    /** Fails. */
    public Unlinked() {
      throw new NoClassDefFoundError("com/example/Gone");
    }
  }

  @Test
  void findsWhatIsRegistered() throws Exception {
    PluginSet<HaltingPolicyProvider> found = with(jar("one", Good.class.getName()));
    assertThat(found.usable()).containsKeys("good", "verified", "unchanged");
    assertThat(found.unusable()).isEmpty();
  }

  @Test
  void searchesOnceWhereAsked() {
    PluginRegistry once = PluginRegistry.builder().searchOnce().build();
    assertThat(once.haltingPolicies().usable()).containsKey("verified");
    assertThat(once.haltingPolicies()).isSameAs(once.haltingPolicies());
    assertThat(once.datasets().kind()).isEqualTo("data set");
    PluginRegistry standard = PluginRegistry.standard();
    assertThat(standard.haltingPolicies()).isNotSameAs(standard.haltingPolicies());
  }

  @Test
  void setsTheUnusableApartWithTheReason() throws Exception {
    PluginSet<HaltingPolicyProvider> found =
        with(
            jar(
                "one",
                "com.example.Missing",
                OtherVersion.class.getName(),
                Failing.class.getName(),
                Unlinked.class.getName(),
                PluginsTest.class.getName(),
                Good.class.getName() + " # the last line still counts"));
    assertThat(found.usable()).containsKeys("good", "verified");
    assertThat(found.unusable()).hasSize(5);
    String lines = String.join("\n", found.unusable());
    assertThat(lines)
        .contains("com.example.Missing not found")
        .contains("SPI version 2, expected 1; use the plug-in built for this version")
        .contains("$Failing: java.lang.IllegalStateException: no licence")
        .contains("com/example/Gone")
        .contains("PluginsTest not a subtype");
    assertThatThrownBy(() -> found.get("nothing"))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("unknown halting policy nothing; found: ")
        .hasMessageContaining("good")
        .hasMessageContaining("; not usable: ")
        .hasMessageContaining("expected 1");
  }

  @Test
  void refusesTwoPluginsWithOneId() throws Exception {
    Path jar = jar("one", Good.class.getName(), SameId.class.getName());
    assertThatThrownBy(() -> with(jar))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("halting policy good: found twice, as " + Good.class.getName())
        .hasMessageContaining(" and as " + SameId.class.getName())
        .hasMessageEndingWith("leave one of them out");
    assertThat(with(jar("less", SameId.class.getName())).usable()).containsKey("good");
  }

  @Test
  void refusesTwoVersionsOfOnePlugin() throws Exception {
    Path one = jar("latin-1.0", Good.class.getName());
    Path two = jar("latin-1.1", Good.class.getName());
    assertThatThrownBy(() -> with(one, two))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            "halting policy " + Good.class.getName() + ": found twice, in file:")
        .hasMessageContaining("latin-1.0/ and in file:")
        .hasMessageEndingWith("latin-1.1/; leave one of them out");
    assertThat(with(two).usable()).containsKey("good");
  }

  @Test
  void takesOneJarNamedTwiceAsOne() throws Exception {
    Path jar = jar("one", Good.class.getName());
    assertThat(with(jar, jar).usable()).containsKey("good");
  }

  @Test
  void findsItsOwnPluginsWhateverTheLoaderOfTheThread() throws Exception {
    try (URLClassLoader application = isolated()) {
      for (@Nullable ClassLoader context :
          new @Nullable ClassLoader[] {null, ClassLoader.getPlatformClassLoader(), application}) {
        assertThat(recursionPolicies(application, context))
            .as("context class loader %s", context)
            .contains("trm", "hrm");
      }
    }
  }

  @Test
  void passesOverPluginsOfAnotherCopyOfTheLibrary() throws Exception {
    try (URLClassLoader application = isolated()) {
      assertThat(seenBy(application, () -> PluginRegistry.standard().haltingPolicies()).unusable())
          .isEmpty();
      assertThat(recursionPolicies(application, PluginsTest.class.getClassLoader()))
          .contains("trm");
    }
  }

  @Test
  void takesTheCopyThatIsLoadedWhereAParentHasOneToo() throws Exception {
    Path shared = jar("shared", Good.class.getName());
    Path web = jar("web", Good.class.getName());
    try (URLClassLoader parent =
            new URLClassLoader(new URL[] {url(shared)}, PluginsTest.class.getClassLoader());
        URLClassLoader child = new URLClassLoader(new URL[] {url(web)}, parent)) {
      assertThat(seenBy(child, () -> PluginRegistry.standard().haltingPolicies()).usable())
          .containsKey("good");
    }
  }

  @Test
  void saysWhatCanBeChosen() {
    assertThatThrownBy(() -> Trm.standard().plugins().backends().get("gpu"))
        .hasMessage("unknown backend gpu; found: none");
    assertThatThrownBy(() -> Trm.standard().backend(OpenOptions.AUTO, 0))
        .hasMessage(
            "no backend can be used; none is on the class path: add org.trm4j:trm-backend-cpu");
    assertThatThrownBy(() -> Trm.standard().program("trm", Map.of("depth", 2)))
        .hasMessageStartingWith("recursion policy trm: unknown argument depth, expected [");
    assertThatThrownBy(() -> Trm.standard().program("trm", Map.of("n", 0)))
        .hasMessage("recursion policy trm: argument n is 0, expected at least 1");
    assertThatThrownBy(() -> Trm.standard().program("trm", Map.of("n", 1_000_000)))
        .isInstanceOf(PluginException.class)
        .hasMessage("recursion policy trm: argument n is 1000000, expected at most 1000");
    assertThatThrownBy(() -> DataText.locate("no-such-file"))
        .hasMessageContaining("data no-such-file: no such file or folder");
    assertThatThrownBy(() -> HaltingText.parse("verified+maybe"))
        .hasMessageStartingWith("unknown halting policy maybe; found: ");
  }

  private Path jar(String name, String... lines) throws IOException {
    Path folder = temp.resolve(name);
    Path file = folder.resolve("META-INF/services/" + HaltingPolicyProvider.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    return folder;
  }

  private static PluginSet<HaltingPolicyProvider> with(Path... jars) throws Exception {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = url(jars[i]);
    }
    try (URLClassLoader loader = new URLClassLoader(urls, PluginsTest.class.getClassLoader())) {
      return seenBy(loader, () -> PluginRegistry.standard().haltingPolicies());
    }
  }

  private static URL url(Path jar) throws IOException {
    return jar.toUri().toURL();
  }

  /** Returns a loader with a copy of the library of its own, as a web application has it. */
  private static URLClassLoader isolated() {
    URL library = PluginRegistry.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader());
  }

  private static List<String> recursionPolicies(
      ClassLoader application, @Nullable ClassLoader context) throws Exception {
    Object found =
        seenBy(
            context,
            () -> {
              Object registry =
                  application
                      .loadClass(PluginRegistry.class.getName())
                      .getMethod("standard")
                      .invoke(null);
              return registry.getClass().getMethod("recursionPolicies").invoke(registry);
            });
    return ((Map<?, ?>) found.getClass().getMethod("usable").invoke(found))
        .keySet().stream().map(String::valueOf).toList();
  }

  private static <T> T seenBy(@Nullable ClassLoader loader, Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
