package org.trm4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trm4j.backend.spi.InferenceSession;

/**
 * A session whose answers are a script: puzzle p is answered p - 1 until its step p and p from then
 * on; noise makes each attempt as right as the script of its seed says. It counts the work it does.
 */
final class ScriptedSession implements InferenceSession {
  /** The answer of a slot whose noise came to {@code seeds}. */
  interface Script {
    int answer(int puzzle, int steps, List<Long> seeds);
  }

  private static final class Slot {
    private final int puzzle;
    private final List<Long> seeds = new ArrayList<>();
    private int steps;

    Slot(int puzzle) {
      this.puzzle = puzzle;
    }
  }

  final List<String> events = new ArrayList<>();
  final List<String> restored = new ArrayList<>();
  private final Script script;
  private final List<Slot> slots = new ArrayList<>();
  private int work;
  private int calls;

  ScriptedSession(int count, Script script) {
    this.script = script;
    for (int i = 0; i < count; i++) {
      slots.add(new Slot(-1));
    }
  }

  /** Returns the supervision steps of started slots so far. */
  int work() {
    return work;
  }

  /** Returns how often all started slots were stepped together. */
  int calls() {
    return calls;
  }

  @Override
  public int slots() {
    return slots.size();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    events.add("start " + slot + " " + tokens[0]);
    slots.set(slot, new Slot(tokens[0]));
  }

  @Override
  public void stop(int slot) {
    events.add("stop " + slot);
    slots.set(slot, new Slot(-1));
  }

  @Override
  public void step() {
    calls++;
    for (Slot slot : slots) {
      if (slot.puzzle >= 0) {
        slot.steps++;
        work++;
      }
    }
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    slots.get(slot).seeds.add(seed);
  }

  @Override
  public void predictions(int slot, int[] target) {
    Slot of = slots.get(slot);
    target[0] = script.answer(of.puzzle, of.steps, of.seeds);
  }

  /** As sure as the answer is large. */
  @Override
  public float haltLogit(int slot) {
    int[] answer = new int[1];
    predictions(slot, answer);
    return answer[0] - 10;
  }

  @Override
  public float continueLogit(int slot) {
    return 0;
  }

  @Override
  public void logits(int slot, float[] target) {
    Arrays.fill(target, haltLogit(slot) + 10);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    Slot of = slots.get(slot);
    // Before the first step every state is 0.
    Arrays.fill(target, of.steps == 0 ? 0 : haltLogit(slot) + 10);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    restored.add(name);
  }

  @Override
  public void close() {}
}
