package org.trm4j.training.config;

import org.trm4j.training.Weight;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** A weight is one text in a configuration, as {@link Weight#parse} reads it. */
final class WeightJson {
  private WeightJson() {}

  static SimpleModule module() {
    return new SimpleModule("weight")
        .addSerializer(Weight.class, new Writer())
        .addDeserializer(Weight.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Weight> {
    Writer() {
      super(Weight.class);
    }

    @Override
    public void serialize(Weight weight, JsonGenerator out, SerializationContext context) {
      out.writeString(weight.toString());
    }
  }

  private static final class Reader extends StdDeserializer<Weight> {
    Reader() {
      super(Weight.class);
    }

    @Override
    public Weight deserialize(JsonParser in, DeserializationContext context) {
      try {
        return Weight.parse(in.getValueAsString(""));
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(Weight.class, "%s", e.getMessage());
      }
    }
  }
}
