package org.trm4j.backend.cpu.operation.tile;

import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.operation.Steps;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.StepFactory;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Chooses the step that runs an operation. The layers, which hold all large products, run on tiles;
 * everything else runs in single precision, as in the other backends.
 *
 * @param tiles the multiplier
 * @param kernels the loops between products
 */
public record TileSteps(Tiles tiles, TileKernels kernels) implements StepFactory {
  @Override
  public Step step(Operation operation, StepContext context) {
    return switch (operation) {
      case SwiGlu op -> new TileSwiGluStep(op, context, this);
      case TokenSwiGlu op -> new TileTokenSwiGluStep(op, context, this);
      case SelfAttention op -> new TileAttentionStep(op, context, this);
      case SwiGlu.Backward op -> new TileSwiGluBackwardStep(op, context, this);
      case TokenSwiGlu.Backward op -> new TileTokenSwiGluBackwardStep(op, context, this);
      case SelfAttention.Backward op -> new TileAttentionBackwardStep(op, context, this);
      default -> Steps.of(operation, context);
    };
  }
}
