/** The model sudoku-4. */
@SuppressWarnings("module") // the digit is the model's name
module org.trm4j.models.sudoku4 {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive org.trm4j.api;

  provides org.trm4j.pretrained.spi.PretrainedModelProvider with
      org.trm4j.models.sudoku4.Sudoku4Model;
}
