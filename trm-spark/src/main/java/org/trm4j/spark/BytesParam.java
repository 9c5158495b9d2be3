package org.trm4j.spark;

import java.util.Base64;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/** A parameter that holds bytes; it is written as Base64. */
final class BytesParam extends Param<byte[]> {
  private static final long serialVersionUID = 1L;

  BytesParam(Identifiable parent, String name, String doc) {
    super(parent, name, doc);
  }

  @Override
  public String jsonEncode(byte[] value) {
    return '"' + Base64.getEncoder().encodeToString(value) + '"';
  }

  @Override
  public byte[] jsonDecode(String json) {
    return Base64.getDecoder().decode(json.replace("\"", "").strip());
  }
}
