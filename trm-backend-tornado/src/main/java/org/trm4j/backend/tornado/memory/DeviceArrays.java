package org.trm4j.backend.tornado.memory;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The arrays that stay on the device from the first launch to the session's end. */
public final class DeviceArrays {
  public final IntArray inputs;
  public final IntArray active;

  /** Counts and streams of random draws, {@link SlotRecord#DRAW} integers a slot. */
  public final IntArray draws;

  public final FloatArray scalars;
  public final FloatArray weights;
  public final FloatArray transposed;
  public final FloatArray rotary;
  public final FloatArray puzzles;
  public final FloatArray arena;
  public final FloatArray gradients;
  public final FloatArray puzzleGradients;
  public final FloatArray firstMoments;
  public final FloatArray secondMoments;
  public final FloatArray averages;
  public final FloatArray reports;

  /** Left factors, right factors and results of a library's products. */
  public final FloatArray left;

  public final FloatArray right;
  public final FloatArray result;

  /**
   * Makes zeroed arrays.
   *
   * @param sizes their sizes
   * @param weights the parameters, filled
   * @param transposed their transposes, filled
   * @param rotary the angles, filled
   */
  public DeviceArrays(Sizes sizes, FloatArray weights, FloatArray transposed, FloatArray rotary) {
    this.weights = weights;
    this.transposed = transposed;
    this.rotary = rotary;
    inputs = new IntArray(sizes.inputs());
    inputs.init(0);
    active = new IntArray(sizes.slots());
    active.init(0);
    draws = new IntArray(Math.multiplyExact(sizes.slots(), SlotRecord.DRAW));
    draws.init(0);
    scalars = zeros(1);
    puzzles = zeros(sizes.puzzles());
    arena = zeros(sizes.arena());
    gradients = zeros(sizes.trained());
    puzzleGradients = zeros(sizes.puzzleGradients());
    firstMoments = zeros(sizes.trained());
    secondMoments = zeros(sizes.trained());
    averages = zeros(sizes.trained());
    reports = zeros(Math.multiplyExact(sizes.slots(), SlotRecord.REPORT));
    left = zeros(sizes.staging().left());
    right = zeros(sizes.staging().right());
    result = zeros(sizes.staging().result());
  }

  /**
   * Sizes in elements; 0 if an array is absent.
   *
   * @param slots sequences
   * @param inputs integers of all slots' records
   * @param arena floats of states, outputs and workspaces
   * @param puzzles floats of puzzle embedding rows
   * @param puzzleGradients floats of their gradients
   * @param trained floats of trained parameters, 0 for inference
   * @param staging of products that a library makes
   */
  public record Sizes(
      int slots,
      int inputs,
      int arena,
      int puzzles,
      int puzzleGradients,
      int trained,
      Staging staging) {}

  /** Returns an array of at least one element, because an empty one has no address on a device. */
  public static FloatArray zeros(int size) {
    FloatArray array = new FloatArray(Math.max(size, 1));
    array.init(0f);
    return array;
  }

  /** Returns the name of an array that a product reads or stages in. */
  public String name(FloatArray array) {
    return array == weights
        ? "weights"
        : array == transposed
            ? "transposed"
            : array == left ? "left" : array == right ? "right" : "arena";
  }

  /** Returns the bytes of all arrays. */
  public long bytes() {
    return all().stream()
        .mapToLong(array -> ((TornadoNativeArray) array).getNumBytesOfSegment())
        .sum();
  }

  public List<Object> all() {
    return new ArrayList<>(
        List.of(
            inputs,
            active,
            draws,
            scalars,
            weights,
            transposed,
            rotary,
            puzzles,
            arena,
            gradients,
            puzzleGradients,
            firstMoments,
            secondMoments,
            averages,
            reports,
            left,
            right,
            result));
  }
}
