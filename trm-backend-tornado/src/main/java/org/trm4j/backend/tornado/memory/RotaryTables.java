package org.trm4j.backend.tornado.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SelfAttention;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Cosine and sine of each position and frequency, computed in double precision. */
public final class RotaryTables {
  private final int length;
  private final Map<Key, Integer> offsets = new LinkedHashMap<>();
  private int size;

  private record Key(double base, int half) {}

  public RotaryTables(int length, List<PlanNode> nodes) {
    this.length = length;
    scan(nodes);
  }

  private void scan(List<PlanNode> nodes) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> scan(repeat.body());
        case SelfAttention op when op.rotaryBase() > 0 -> {
          Key key = new Key(op.rotaryBase(), op.input().shape().dim(1) / op.heads() / 2);
          if (offsets.putIfAbsent(key, size) == null) {
            size += length * key.half() * 2;
          }
        }
        case Operation other -> {}
      }
    }
  }

  public int offset(double base, int half) {
    Integer offset = offsets.get(new Key(base, half));
    if (offset == null) {
      throw new IllegalStateException("plan: no rotary table of base %s".formatted(base));
    }
    return offset;
  }

  public FloatArray values() {
    FloatArray values = DeviceArrays.zeros(size);
    offsets.forEach((key, offset) -> {
      for (int p = 0; p < length; p++) {
        for (int i = 0; i < key.half(); i++) {
          double angle = p * Math.pow(key.base(), -2.0 * i / (2 * key.half()));
          values.set(offset + (p * key.half() + i) * 2, (float) Math.cos(angle));
          values.set(offset + (p * key.half() + i) * 2 + 1, (float) Math.sin(angle));
        }
      }
    });
    return values;
  }
}
