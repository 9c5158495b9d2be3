package org.trm4j.exchange.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/**
 * Collects the nodes, constants, inputs and outputs of an ONNX graph; every value has one writer.
 */
final class OnnxGraph {
  /** Opset 17 contains everything used here, and recent runtimes support it. */
  static final int OPSET = 17;

  private static final int IR_VERSION = 8;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  /** The names of attributes that are lists, whatever their length. */
  private static final Set<String> LISTS = Set.of("axes", "perm", "pads");

  private static final int MAX_NODES = 100_000;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final List<OnnxMessage> nodes = new ArrayList<>();
  private final List<OnnxMessage> constants = new ArrayList<>();
  private final List<OnnxMessage> inputs = new ArrayList<>();
  private final List<OnnxMessage> outputs = new ArrayList<>();
  private final Map<String, String> shared = new HashMap<>();
  private int values;

  /** A named attribute of a node. */
  record Attribute(String name, long... numbers) {}

  /** Adds a node with one output, and returns the output's name. */
  String node(String type, List<String> arguments, Attribute... attributes) {
    return nodes(type, 1, arguments, attributes).getFirst();
  }

  /** Adds a node, and returns the names of its outputs. */
  List<String> nodes(String type, int count, List<String> arguments, Attribute... attributes) {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add("v" + values++);
    }
    add(type, arguments, results, attributes);
    return results;
  }

  private void add(
      String type, List<String> arguments, List<String> results, Attribute... attributes) {
    if (nodes.size() == MAX_NODES) {
      throw new IllegalArgumentException(
          "the supervision step has more than %s nodes when its loops are unrolled; lower T or n"
              .formatted(MAX_NODES));
    }
    OnnxMessage node = new OnnxMessage();
    arguments.forEach(name -> node.text(1, name));
    results.forEach(name -> node.text(2, name));
    node.text(3, type + nodes.size()).text(4, type);
    for (Attribute attribute : attributes) {
      node.message(5, attribute(attribute));
    }
    nodes.add(node);
  }

  private static OnnxMessage attribute(Attribute attribute) {
    OnnxMessage message = new OnnxMessage().text(1, attribute.name());
    // An int attribute has type 2, a list of them 7.
    if (LISTS.contains(attribute.name())) {
      for (long number : attribute.numbers()) {
        message.number(8, number);
      }
      return message.number(20, 7);
    }
    return message.number(3, attribute.numbers()[0]).number(20, 2);
  }

  /** Returns the name of a parameter, added at its first use. */
  String parameter(String name, Tensor tensor) {
    return constant(name, tensor.shape().dimensions(), FLOAT, tensor.data());
  }

  /** Returns a constant of 32-bit floats. */
  String reals(String name, List<Long> shape, float... numbers) {
    return constant(name, shape, FLOAT, Tensor.of(new Shape(shape), numbers).data());
  }

  /** Returns a scalar. */
  String real(float number) {
    return reals("real." + number, List.of(), number);
  }

  /** Returns a list of whole numbers. */
  String whole(long... numbers) {
    MemorySegment data = MemorySegment.ofArray(new byte[8 * numbers.length]);
    StringBuilder name = new StringBuilder("whole");
    for (int i = 0; i < numbers.length; i++) {
      data.set(LONG, 8L * i, numbers[i]);
      name.append('.').append(numbers[i]);
    }
    return constant(name.toString(), List.of((long) numbers.length), INT64, data);
  }

  private String constant(String name, List<Long> shape, int type, MemorySegment data) {
    return shared.computeIfAbsent(
        name,
        key -> {
          OnnxMessage tensor = new OnnxMessage();
          shape.forEach(extent -> tensor.number(1, extent));
          constants.add(tensor.number(2, type).text(8, key).bytes(9, data));
          return key;
        });
  }

  /** Adds an input of 32-bit floats; the batch comes before {@code shape}. */
  String realInput(String name, long... shape) {
    return input(name, FLOAT, shape);
  }

  String wholeInput(String name, long... shape) {
    return input(name, INT64, shape);
  }

  String flagInput(String name) {
    return input(name, BOOL);
  }

  private String input(String name, int type, long... shape) {
    inputs.add(value(name, type, shape));
    return name;
  }

  /** Names a value as an output of 32-bit floats. */
  void output(String name, String value, long... shape) {
    add("Identity", List.of(value), List.of(name));
    outputs.add(value(name, FLOAT, shape));
  }

  private static OnnxMessage value(String name, int type, long... extents) {
    OnnxMessage shape = new OnnxMessage().message(1, new OnnxMessage().text(2, "batch"));
    for (long extent : extents) {
      shape.message(1, new OnnxMessage().number(1, extent));
    }
    OnnxMessage tensor = new OnnxMessage().number(1, type).message(2, shape);
    return new OnnxMessage().text(1, name).message(2, new OnnxMessage().message(1, tensor));
  }

  /** Returns the whole model. */
  OnnxMessage model(String name, String producer, String version, Map<String, String> properties) {
    OnnxMessage graph = new OnnxMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    constants.forEach(tensor -> graph.message(5, tensor));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    OnnxMessage model = new OnnxMessage().number(1, IR_VERSION).text(2, producer).text(3, version);
    model.message(7, graph).message(8, new OnnxMessage().text(1, "").number(2, OPSET));
    properties.forEach(
        (key, value) -> model.message(14, new OnnxMessage().text(1, key).text(2, value)));
    return model;
  }
}
