/** Training, evaluation and checkpoints. */
module org.trm4j.training {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive com.google.guice;
  requires org.apache.commons.csv;
  requires org.slf4j;
  requires transitive org.trm4j.api;
  requires tools.jackson.databind;

  exports org.trm4j.training;
  exports org.trm4j.training.ablation;
  exports org.trm4j.training.mixture;
  exports org.trm4j.training.parity;

  opens org.trm4j.training to
      com.google.guice,
      tools.jackson.databind;
  opens org.trm4j.training.ablation to
      tools.jackson.databind;
}
