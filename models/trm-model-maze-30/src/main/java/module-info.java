/** The model maze-30. */
@SuppressWarnings("module") // the digit is the model's name
module org.trm4j.models.maze30 {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive org.trm4j.api;

  provides org.trm4j.pretrained.spi.PretrainedModelProvider with
      org.trm4j.models.maze30.Maze30Model;
}
