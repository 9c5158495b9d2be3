package org.trm4j.server.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trm4j.Answer;
import org.trm4j.server.solve.BadRequestException;

/** The outputs of a model, as the protocol's tensors. */
enum AnswerTensor {
  /** [N, S], the tokens of the answers. */
  ANSWER("INT32"),
  /** [N], whether each answer was checked against the puzzle's rules and is right. */
  VERIFIED("BOOL"),
  /** [N], supervision steps of the attempt that gave the answer. */
  STEPS("INT32"),
  /** [N], the confidence of the halting head. */
  CONFIDENCE("FP64");

  private final String datatype;

  AnswerTensor(String datatype) {
    this.datatype = datatype;
  }

  String tensorName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AnswerTensor of(String name) {
    for (AnswerTensor tensor : values()) {
      if (tensor.tensorName().equals(name)) {
        return tensor;
      }
    }
    throw new BadRequestException(
        "outputs: '%s', expected answer, verified, steps or confidence".formatted(name));
  }

  /** Returns the tensor for a model's description, with any first dimension. */
  TensorJson described(int length) {
    return new TensorJson(
        tensorName(),
        datatype,
        this == ANSWER ? List.of(-1L, (long) length) : List.of(-1L),
        null,
        null);
  }

  private List<Long> shape(List<Answer> answers) {
    long count = answers.size();
    return this == ANSWER
        ? List.of(count, (long) answers.getFirst().tokens().length)
        : List.of(count);
  }

  TensorJson json(List<Answer> answers) {
    List<Object> data = new ArrayList<>();
    for (Answer answer : answers) {
      switch (this) {
        case ANSWER -> {
          for (int token : answer.tokens()) {
            data.add(token);
          }
        }
        case VERIFIED -> data.add(answer.verified());
        case STEPS -> data.add(answer.steps());
        case CONFIDENCE -> data.add(answer.confidence());
      }
    }
    return new TensorJson(tensorName(), datatype, shape(answers), data, null);
  }

  /** Returns the tensor without data, which follow as bytes. */
  TensorJson described(List<Answer> answers, ByteBuffer bytes) {
    return new TensorJson(
        tensorName(),
        datatype,
        shape(answers),
        null,
        Map.of("binary_data_size", bytes.remaining()));
  }

  /** Returns the values as little-endian bytes; a boolean takes one byte. */
  ByteBuffer bytes(List<Answer> answers) {
    int cells = this == ANSWER ? answers.getFirst().tokens().length : 1;
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(answers.size() * cells, Double.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Answer answer : answers) {
      switch (this) {
        case ANSWER -> {
          for (int token : answer.tokens()) {
            out.putInt(token);
          }
        }
        case VERIFIED -> out.put((byte) (answer.verified() ? 1 : 0));
        case STEPS -> out.putInt(answer.steps());
        case CONFIDENCE -> out.putDouble(answer.confidence());
      }
    }
    return out.flip();
  }
}
