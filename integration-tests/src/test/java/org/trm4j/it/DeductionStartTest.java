package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionStart;

/** A deduction model that starts from a plain one says at first what the plain one says. */
class DeductionStartTest {
  @ParameterizedTest
  @CsvSource({"trm, sudoku, TOKEN_MLP", "eqr, sudoku, ATTENTION"})
  void theFirstStepIsThatOfThePlainModel(String policy, String data, ModelConfig.Mixer mixer) {
    PuzzleDomain domain = Trm.standard().plugins().datasets().get(data).domain(Map.of("size", "4"));
    ModelConfig config =
        ModelConfig.builder()
            .hidden(16, 2)
            .tokens(domain.seqLen(), domain.vocabSize())
            .puzzleEmbedding(0, 0, 0)
            .mixer(mixer, ModelConfig.Positions.NONE)
            .build();
    Map<String, Integer> arguments = Map.of("T", 2, "n", 2);
    Plan plain = Plan.lower(config, Trm.standard().program(policy, arguments));
    ParameterSet weights = ParameterInitializer.initialize(plain.parameters(), 3);
    TaskProgram task = Trm.standard().task(policy + "-deduction", arguments, config);
    Plan sets = Plan.lower(config, task);
    Map<String, Tensor> start =
        new LinkedHashMap<>(ParameterInitializer.initialize(sets.parameters(), 4).tensors());
    Set<String> wanted = Set.copyOf(start.keySet());
    start.putAll(DeductionStart.of(weights, domain.codec()).tensors());
    start.keySet().retainAll(wanted);
    int[] question = domain.codec().encode("1...4..2..3..4..".substring(0, 16));
    int size = domain.seqLen() * domain.vocabSize();
    float[] logits = new float[size];
    float[] keep = new float[size];
    float[] value = new float[size];
    float[] conflict = new float[1];
    try (Backend backend = Trm.standard().backend("reference", 0);
        LoadedModel first = backend.load(plain, weights);
        LoadedModel second = backend.load(sets, new ParameterSet(start));
        InferenceSession a = first.open(1);
        InferenceSession b = second.open(1)) {
      a.start(0, question, 0, 7);
      b.start(0, question, 0, 7);
      TaskRules rules = TaskRules.of(task, config, domain);
      TaskSlot slot = rules.begin(7, question, null);
      slot.show(b, 0);
      a.step();
      b.step();
      a.logits(0, logits);
      b.read("keep", 0, keep);
      b.read("value", 0, value);
      b.read("conflict", 0, conflict);
      assertThatThrownBy(slot::answer).isInstanceOf(IllegalStateException.class);
    }
    for (int i = 0; i < size; i++) {
      assertThat(value[i]).isCloseTo(logits[i], within(1e-4f));
      assertThat(keep[i]).isEqualTo(value[i]);
    }
    assertThat(conflict[0]).isEqualTo(-3);
  }
}
