package org.trm4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.Sum;

/** Draws node lists with nested loops in which no temporary is read before it is written. */
final class RandomNodes {
  private static final int BUFFERS = 8;
  private final SplittableRandom random;
  private final List<Buffer> buffers = new ArrayList<>();

  RandomNodes(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < BUFFERS; i++) {
      Buffer.Role role =
          i == 0 ? Buffer.Role.STATE : i == 1 ? Buffer.Role.OUTPUT : Buffer.Role.TEMPORARY;
      buffers.add(buffer("b" + i, 3, role));
    }
  }

  static Buffer buffer(String name, int size, Buffer.Role role) {
    return new Buffer(name, Shape.of(1, size), role);
  }

  List<PlanNode> nodes() {
    List<Buffer> written = new ArrayList<>(List.of(buffers.getFirst()));
    List<PlanNode> nodes = body(written, 0);
    // Some buffers are read long after they were written.
    for (Buffer buffer : written.subList(1, written.size())) {
      if (random.nextInt(4) == 0) {
        nodes.add(new Sum(List.of(buffer), buffers.getFirst()));
      }
    }
    return nodes;
  }

  private List<PlanNode> body(List<Buffer> written, int depth) {
    List<PlanNode> nodes = new ArrayList<>();
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      if (depth < 3 && random.nextInt(4) == 0) {
        nodes.add(new PlanNode.Repeat(random.nextInt(1, 4), body(written, depth + 1)));
      } else {
        List<Buffer> reads = new ArrayList<>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
          reads.add(written.get(random.nextInt(written.size())));
        }
        Buffer target = buffers.get(random.nextInt(BUFFERS));
        reads.removeIf(target::equals);
        if (reads.isEmpty()) {
          continue;
        }
        nodes.add(new Sum(reads, target));
        if (!written.contains(target)) {
          written.add(target);
        }
      }
    }
    return nodes.isEmpty() ? new ArrayList<>(List.of(seed(written))) : nodes;
  }

  private PlanNode seed(List<Buffer> written) {
    if (!written.contains(buffers.get(2))) {
      written.add(buffers.get(2));
    }
    return new Sum(List.of(buffers.getFirst()), buffers.get(2));
  }
}
