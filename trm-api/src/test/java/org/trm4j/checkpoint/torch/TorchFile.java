package org.trm4j.checkpoint.torch;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.checkpoint.Checkpoint;

/** Writes zip files as torch.save lays them out, and the pickles in them. */
final class TorchFile {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  TorchFile() {
    code(0x80, 2);
  }

  TorchFile code(int... bytes) {
    for (int b : bytes) {
      pickle.write(b);
    }
    return this;
  }

  TorchFile text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code('X').raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length));
    pickle.writeBytes(utf8);
    return this;
  }

  TorchFile number(long value) {
    return code(0x8a, 8).raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value));
  }

  TorchFile name(String module, String name) {
    code('c');
    pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Pushes a tensor. */
  TorchFile tensor(String type, String key, long offset, long[] shape, long[] strides) {
    name("torch._utils", "_rebuild_tensor_v2").code('(');
    code('(').text("storage").name("torch", type).text(key).text("cpu").number(1).code('t', 'Q');
    number(offset);
    tuple(shape).tuple(strides);
    return code(0x89).name("collections", "OrderedDict").code(')', 'R', 't', 'R');
  }

  private TorchFile tuple(long[] values) {
    code('(');
    for (long value : values) {
      number(value);
    }
    return code('t');
  }

  private TorchFile raw(ByteBuffer bytes) {
    pickle.writeBytes(bytes.array());
    return this;
  }

  TorchFile entry(String name, byte[] data) {
    entries.put("archive/" + name, data);
    return this;
  }

  TorchFile floats(String key, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return entry("data/" + key, bytes.array());
  }

  byte[] bytes(boolean zip64) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("archive/data.pkl", pickle.toByteArray());
    all.putAll(entries);
    ByteBuffer out = ByteBuffer.allocate(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer directory = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    all.forEach((name, data) -> {
      int at = out.position();
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      out.putInt(0x04034b50).put(new byte[22]).putShort((short) utf8.length).putShort((short) 5);
      out.put(utf8).put(new byte[5]).put(data);
      directory.putInt(0x02014b50).put(new byte[16]);
      directory.putInt(zip64 ? -1 : data.length).putInt(zip64 ? -1 : data.length);
      directory.putShort((short) utf8.length).putShort((short) (zip64 ? 28 : 0));
      directory.put(new byte[10]).putInt(zip64 ? -1 : at).put(utf8);
      if (zip64) {
        directory.putShort((short) 1).putShort((short) 24);
        directory.putLong(data.length).putLong(data.length).putLong(at);
      }
    });
    int start = out.position();
    out.put(directory.flip());
    int size = out.position() - start;
    if (zip64) {
      int end64 = out.position();
      out.putInt(0x06064b50).putLong(44).putInt(0).putLong(0);
      out.putLong(all.size()).putLong(all.size()).putLong(size).putLong(start);
      out.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
    }
    short count = zip64 ? -1 : (short) all.size();
    out.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
    out.putInt(size).putInt(zip64 ? -1 : start).putShort((short) 0);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  byte[] pickle() {
    return pickle.toByteArray();
  }

  Checkpoint parse() {
    return TorchCheckpoint.parse(MemorySegment.ofArray(bytes(false)));
  }
}
