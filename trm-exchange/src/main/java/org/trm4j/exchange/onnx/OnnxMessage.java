package org.trm4j.exchange.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of ONNX (onnx.proto3) by field numbers, measured first and then written, so that the
 * weights are never copied as a whole.
 */
final class OnnxMessage {
  private static final int CHUNK = 1 << 16;

  private final List<Field> fields = new ArrayList<>();

  /** A field that knows its size. */
  private interface Field {
    long size();

    void write(CodedOutputStream out) throws IOException;
  }

  OnnxMessage number(int field, long value) {
    return add(
        CodedOutputStream.computeInt64Size(field, value), out -> out.writeInt64(field, value));
  }

  OnnxMessage real(int field, float value) {
    return add(
        CodedOutputStream.computeFloatSize(field, value), out -> out.writeFloat(field, value));
  }

  OnnxMessage text(int field, String value) {
    return add(
        CodedOutputStream.computeStringSize(field, value), out -> out.writeString(field, value));
  }

  /** Adds a message, which must not change afterwards. */
  OnnxMessage message(int field, OnnxMessage message) {
    long size = message.size();
    return add(
        head(field, size) + size,
        out -> {
          begin(out, field, size);
          message.write(out);
        });
  }

  OnnxMessage bytes(int field, MemorySegment data) {
    long size = data.byteSize();
    return add(
        head(field, size) + size,
        out -> {
          begin(out, field, size);
          byte[] chunk = new byte[(int) Math.min(CHUNK, size)];
          for (long at = 0; at < size; at += CHUNK) {
            int count = (int) Math.min(CHUNK, size - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
            out.writeRawBytes(chunk, 0, count);
          }
        });
  }

  /** Returns the bytes it takes. */
  long size() {
    return fields.stream().mapToLong(Field::size).sum();
  }

  void write(CodedOutputStream out) throws IOException {
    for (Field field : fields) {
      field.write(out);
    }
  }

  private static long head(int field, long size) {
    return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(size);
  }

  private static void begin(CodedOutputStream out, int field, long size) throws IOException {
    // Wire type 2: a length, then as many bytes.
    out.writeTag(field, 2);
    out.writeUInt64NoTag(size);
  }

  private interface Writing {
    void write(CodedOutputStream out) throws IOException;
  }

  private OnnxMessage add(long size, Writing writing) {
    fields.add(
        new Field() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            writing.write(out);
          }
        });
    return this;
  }
}
