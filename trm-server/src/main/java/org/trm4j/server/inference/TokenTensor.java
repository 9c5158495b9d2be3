package org.trm4j.server.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trm4j.Puzzle;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.solve.BadRequestException;

/** Reads the input {@code tokens} as puzzles. */
final class TokenTensor {
  static final String NAME = "tokens";

  private TokenTensor() {}

  /**
   * Returns the puzzles.
   *
   * @param bytes the bytes after the JSON; empty for none
   */
  static List<Puzzle> puzzles(
      InferenceRequest request, ServedModel model, ByteBuffer bytes, int most) {
    List<InferenceRequest.Input> inputs = request.inputs();
    if (inputs == null || inputs.size() != 1 || !NAME.equals(inputs.getFirst().name())) {
      throw new BadRequestException(
          "inputs: %s, expected one input named %s"
              .formatted(
                  inputs == null
                      ? "none"
                      : inputs.stream().map(InferenceRequest.Input::name).toList(),
                  NAME));
    }
    InferenceRequest.Input input = inputs.getFirst();
    int length = model.seqLen();
    List<Long> shape = input.shape();
    boolean one = shape != null && shape.size() == 1;
    if (shape == null
        || shape.isEmpty()
        || shape.size() > 2
        || shape.getLast() == null
        || shape.getLast() != length
        || (!one
            && (shape.getFirst() == null || shape.getFirst() < 1 || shape.getFirst() > most))) {
      throw new BadRequestException(
          "tokens: shape %s, expected [N, %s] with N of 1 to %s".formatted(shape, length, most));
    }
    int count = one ? 1 : Math.toIntExact(shape.getFirst());
    List<Long> values =
        input.data() == null ? binary(input, bytes) : flat(input.data(), new ArrayList<>());
    if (values.size() != (long) count * length) {
      throw new BadRequestException(
          "tokens: %s values, expected %s for shape %s"
              .formatted(values.size(), (long) count * length, shape));
    }
    return puzzles(values, count, length, model, Parameters.task(request.parameters()));
  }

  private static List<Puzzle> puzzles(
      List<Long> values, int count, int length, ServedModel model, @Nullable String task) {
    List<Puzzle> puzzles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] tokens = new int[length];
      for (int cell = 0; cell < length; cell++) {
        long token = values.get(i * length + cell);
        if (token < 0 || token >= model.vocabSize()) {
          throw new BadRequestException(
              "tokens: %s at [%s, %s], expected 0 to %s"
                  .formatted(token, i, cell, model.vocabSize() - 1));
        }
        tokens[cell] = (int) token;
      }
      puzzles.add(model.model().puzzle(tokens, task));
    }
    return puzzles;
  }

  private static List<Long> flat(@Nullable Object data, List<Long> into) {
    if (data instanceof List<?> list) {
      list.forEach(element -> flat(element, into));
    } else if (data instanceof Number number && number.doubleValue() == number.longValue()) {
      into.add(number.longValue());
    } else {
      throw new BadRequestException("tokens: %s in data, expected whole numbers".formatted(data));
    }
    return into;
  }

  private static List<Long> binary(InferenceRequest.Input input, ByteBuffer bytes) {
    Object size = input.parameters() == null ? null : input.parameters().get("binary_data_size");
    if (!(size instanceof Number number) || number.longValue() != bytes.remaining()) {
      throw new BadRequestException(
          "tokens: neither data nor binary_data_size of the %s bytes that follow the JSON, found %s"
              .formatted(bytes.remaining(), size));
    }
    String type = String.valueOf(input.datatype()).toUpperCase(Locale.ROOT);
    int width =
        switch (type) {
          case "INT8", "UINT8" -> 1;
          case "INT16", "UINT16" -> 2;
          case "INT32", "UINT32" -> 4;
          case "INT64", "UINT64" -> 8;
          default ->
              throw new BadRequestException(
                  "tokens: datatype %s, expected INT32 or another integer".formatted(type));
        };
    if (bytes.remaining() % width != 0) {
      throw new BadRequestException(
          "tokens: %s bytes, expected a multiple of %s for %s"
              .formatted(bytes.remaining(), width, type));
    }
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<Long> values = new ArrayList<>();
    while (in.hasRemaining()) {
      values.add(
          switch (width) {
            case 1 -> (long) in.get();
            case 2 -> (long) in.getShort();
            case 4 -> (long) in.getInt();
            default -> in.getLong();
          });
    }
    return values;
  }
}
