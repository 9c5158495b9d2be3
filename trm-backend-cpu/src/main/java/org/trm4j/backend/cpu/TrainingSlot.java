package org.trm4j.backend.cpu;

import org.trm4j.model.ModelConfig;

/** One sequence in training: its example, its carry, and what the last step left. */
final class TrainingSlot {
  final float[] states;
  final int[] tokens;
  final int[] labels;
  final float[] logits;
  final float[] puzzleGradient;
  int puzzle;
  boolean started;
  boolean stepped;

  TrainingSlot(int stateSize, ModelConfig config) {
    this.states = new float[stateSize];
    this.tokens = new int[config.seqLen()];
    this.labels = new int[config.seqLen()];
    this.logits = new float[config.seqLen() * config.vocabSize()];
    this.puzzleGradient = new float[config.puzzleEmbDim()];
  }

  void bind(Frame frame, boolean lastStep, float gradientScale) {
    frame.states = states;
    frame.tokens = tokens;
    frame.labels = labels;
    frame.puzzle = puzzle;
    frame.puzzleGradient = puzzleGradient;
    frame.lastStep = lastStep;
    frame.gradientScale = gradientScale;
  }
}
