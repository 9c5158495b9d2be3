package org.trm4j.exchange.torch;

/** The element types of written torch files. */
enum TorchType {
  F32("FloatStorage", 4),
  BF16("BFloat16Storage", 2),
  F16("HalfStorage", 2);

  final String storage;
  final int bytes;

  TorchType(String storage, int bytes) {
    this.storage = storage;
    this.bytes = bytes;
  }

  /** Returns the bits of a value, rounded to nearest, ties to even. */
  int bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    return switch (this) {
      case F32 -> bits;
      case F16 -> Float.floatToFloat16(value) & 0xFFFF;
      case BF16 ->
          Float.isNaN(value) ? bits >>> 16 | 0x40 : bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
    };
  }
}
