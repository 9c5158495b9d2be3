/** The model sudoku-9-deduction. */
module org.trm4j.models.sudoku9deduction {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive org.trm4j.api;

  provides org.trm4j.pretrained.spi.PretrainedModelProvider with
      org.trm4j.models.sudoku9deduction.Sudoku9DeductionModel;
}
