package org.trm4j.checkpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.checkpoint.content.ParameterNames;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

class ParameterNamesTest {
  private static ParameterSet named(String... names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, Tensor.of(Shape.of(1), 1));
    }
    return new ParameterSet(tensors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inner.",
        "model.inner.",
        "_orig_mod.model.inner.",
        "module._orig_mod.model.inner.",
        "_orig_mod.module.model.inner.",
        "model._orig_mod.model.inner.",
        "state_dict.model.inner.",
        "checkpoint.model.module.inner."
      })
  void whatStandsBeforeAModelsNamesIsTakenOff(String root) {
    ParameterSet found =
        ParameterNames.canonical(
            named(root + "lm_head.weight", root + "L_level.layers.0.mlp.down_proj.weight"));
    assertThat(found.tensors())
        .containsOnlyKeys("lm_head.weight", "L_level.layers.0.mlp.down_proj.weight");
  }

  @Test
  void whatLiesBesideAModelIsLeftOut() {
    assertThat(
            ParameterNames.canonical(
                    named("model.inner.lm_head.weight", "model.inner.other", "optimizer.0.m"))
                .tensors())
        .containsOnlyKeys("lm_head.weight", "other");
  }

  @Test
  void severalSetsOfWeightsAreRefused() {
    assertThatThrownBy(
            () -> ParameterNames.canonical(named("a.lm_head.weight", "b.lm_head.weight")))
        .hasMessage("several sets of weights, under 'a.' and 'b.'; expected one");
  }

  @Test
  void namesWithoutAnOutputHeadAreTakenOneByOne() {
    assertThat(ParameterNames.canonical(named("module.model.inner.x")).tensors())
        .containsOnlyKeys("x");
    assertThatThrownBy(() -> ParameterNames.canonical(named("model.x", "inner.x")))
        .hasMessage("parameter x: present twice");
  }

  @Test
  void aMissingParameterSaysWhatWasFound() {
    ParameterSet found = named("first.weight", "second.weight");
    ParameterSpec spec =
        new ParameterSpec("lm_head.weight", Shape.of(2), ParameterSpec.Kind.TRAINED, 0, 0);
    assertThatThrownBy(() -> found.matching(List.of(spec)))
        .hasMessage(
            "parameter lm_head.weight: missing, expected shape [2]; found 2 parameters"
                + " (first.weight, second.weight)");
  }
}
