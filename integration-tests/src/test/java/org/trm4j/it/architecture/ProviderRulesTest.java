package org.trm4j.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** Registered plug-ins are registered twice and tested; each rule finds a planted violation. */
class ProviderRulesTest {
  private static final Path ROOT = Path.of("..");
  private static final String DATASET = "org.trm4j.dataset.spi.DatasetProvider";

  @Test
  void classPathAndModulePathAgree() throws Exception {
    int modules = 0;
    for (Path module : ProviderRules.modules(ROOT)) {
      Path descriptor = module.resolve("src/main/java/module-info.java");
      if (Files.exists(descriptor)) {
        modules++;
        assertThat(ProviderRules.provided(Files.readString(descriptor)))
            .as("%s: module-info.java, beside META-INF/services", module)
            .isEqualTo(ProviderRules.registered(module));
      }
    }
    assertThat(modules).as("modules with a descriptor").isGreaterThanOrEqualTo(6);
  }

  @Test
  void findsARegistrationThatIsMissing() {
    String descriptor = "module m { provides " + DATASET + " with\n  com.A,\n  com.B; }";
    assertThat(ProviderRules.provided(descriptor))
        .isNotEqualTo(Map.of(DATASET, new TreeSet<>(List.of("com.A"))))
        .isEqualTo(Map.of(DATASET, new TreeSet<>(List.of("com.A", "com.B"))));
  }

  @Test
  void everyProviderHasAContractTest() throws Exception {
    List<String> tests = ProviderRules.tests(ROOT);
    List<String> untested = new ArrayList<>();
    int providers = 0;
    for (Path module : ProviderRules.modules(ROOT)) {
      Map<String, TreeSet<String>> registered = ProviderRules.registered(module);
      untested.addAll(ProviderRules.untested(registered, ids(), tests));
      providers += registered.values().stream().mapToInt(TreeSet::size).sum();
    }
    assertThat(providers).as("providers").isGreaterThanOrEqualTo(17);
    assertThat(untested).as("providers without a contract test").isEmpty();
  }

  @Test
  void findsAProviderWithoutAContractTest() {
    Map<String, TreeSet<String>> providers =
        Map.of(DATASET, new TreeSet<>(List.of("com.Asked", "com.Tested", "com.Untested")));
    List<String> tests =
        List.of(
            "class T extends DatasetContract { return new Tested(); }",
            "class S extends DatasetContract { return"
                + " Trm.standard().plugins().datasets().get(\"asked\"); }",
            "class U { return new Untested(); }",
            "class W extends BackendContract { return new Untested(); }");
    assertThat(ProviderRules.untested(providers, Map.of("com.Asked", "asked"), tests))
        .containsExactly("com.Untested");
  }

  private static Map<String, String> ids() {
    Map<String, String> ids = new TreeMap<>();
    PluginRegistry all = Trm.standard().plugins();
    for (PluginSet<?> set :
        List.of(all.backends(), all.datasets(), all.recursionPolicies(), all.pretrainedModels())) {
      set.usable().forEach((id, plugin) -> ids.put(plugin.getClass().getName(), id));
    }
    return ids;
  }
}
