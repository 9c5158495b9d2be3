package org.trm4j.plan.lower;

import java.util.List;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Assemble;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.Operation;
import org.trm4j.task.ParameterLayout;
import org.trm4j.task.TaskProgram;

/**
 * Makes x of what the host hands over.
 *
 * @param x the embedded input, overwritten
 */
record InputLayer(ModelConfig config, Layers layers, TaskProgram.Input input, Buffer x) {
  /** Returns what the host hands over besides tokens. */
  List<Buffer> buffers() {
    return input instanceof TaskProgram.Input.TokenSets(int values)
        ? List.of(sets(values))
        : List.of();
  }

  /** Returns the operations, in order. */
  List<Operation> operations() {
    boolean learned = config.positions() == ModelConfig.Positions.LEARNED;
    // The published code multiplies by this decimal, not by 1/sqrt(2).
    double scale = Math.sqrt(config.hiddenSize()) * (learned ? 0.707106781 : 1);
    ParameterSpec positions = learned ? layers.find(ParameterLayout.POSITION_EMBEDDING) : null;
    return switch (input) {
      case TaskProgram.Input.Tokens tokens ->
          List.of(
              new Embed(
                  x,
                  layers.find(ParameterLayout.TOKEN_EMBEDDING),
                  config.puzzleEmbDim() > 0 ? layers.find(ParameterLayout.PUZZLE_EMBEDDING) : null,
                  positions,
                  (float) scale));
      case TaskProgram.Input.TokenSets(int values) -> {
        Buffer rows =
            new Buffer(
                "x.cells", Shape.of(config.seqLen(), config.hiddenSize()), Buffer.Role.TEMPORARY);
        yield List.of(
            new Linear(
                sets(values),
                rows,
                layers.find(ParameterLayout.SET_EMBEDDING),
                layers.find(ParameterLayout.SET_BIAS),
                0,
                false),
            new Assemble(
                rows,
                x,
                config.puzzleEmbLen() > 0 ? layers.find(ParameterLayout.PREFIX) : null,
                positions,
                (float) scale));
      }
    };
  }

  private Buffer sets(int values) {
    return new Buffer(TaskProgram.SETS, Shape.of(config.seqLen(), values), Buffer.Role.INPUT);
  }
}
