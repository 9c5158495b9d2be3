package org.trm4j.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that a solver adds, in order. */
final class AnswerColumns {
  static final int ANSWER = 0;
  static final int TOKENS = 1;
  static final int VERIFIED = 2;
  static final int CONFIDENCE = 3;
  static final int STEPS = 4;
  static final int SECONDS = 5;
  static final int ERROR = 6;
  static final int COUNT = 7;

  private static final String[] NAMES = {
    "answer", "answerTokens", "verified", "confidence", "steps", "seconds", "error"
  };
  private static final DataType[] TYPES = {
    DataTypes.StringType,
    DataTypes.createArrayType(DataTypes.IntegerType, false),
    DataTypes.BooleanType,
    DataTypes.DoubleType,
    DataTypes.LongType,
    DataTypes.DoubleType,
    DataTypes.StringType
  };

  private AnswerColumns() {}

  /** Returns the schema with these columns added; refuses a schema that already has one of them. */
  static StructType append(StructType schema, String prefix) {
    Set<String> taken = new TreeSet<>();
    for (String name : schema.fieldNames()) {
      taken.add(name.toLowerCase(Locale.ROOT));
    }
    StructType result = schema;
    for (int i = 0; i < COUNT; i++) {
      String name = prefix + NAMES[i];
      if (taken.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "TrmSolver: the data has a column '%s' already; set outputPrefix, or rename it (columns: %s)"
                .formatted(name, Arrays.toString(schema.fieldNames())));
      }
      result = result.add(name, TYPES[i], true);
    }
    return result;
  }
}
