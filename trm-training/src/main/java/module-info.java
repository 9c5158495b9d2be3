/** Training, evaluation and checkpoints. */
module org.trm4j.training {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires static com.google.guice;
  requires static jdk.jfr;
  requires org.apache.commons.csv;
  requires transitive org.trm4j.api;
  requires tools.jackson.databind;

  exports org.trm4j.training;
  exports org.trm4j.training.ablation to
      org.trm4j.cli;
  exports org.trm4j.training.checkpoint to
      org.trm4j.cli,
      org.trm4j.exchange;
  exports org.trm4j.training.config;
  exports org.trm4j.training.evaluation;
  exports org.trm4j.training.frontend to
      org.trm4j.cli;
  exports org.trm4j.training.guice;
  exports org.trm4j.training.json to
      org.trm4j.cli;
  exports org.trm4j.training.log to
      org.trm4j.cli;
  exports org.trm4j.training.leakage to
      org.trm4j.cli;
  exports org.trm4j.training.measure to
      org.trm4j.cli;
  exports org.trm4j.training.metrics;
  exports org.trm4j.training.parity to
      org.trm4j.cli;
  exports org.trm4j.training.run;

  opens org.trm4j.training.config to
      tools.jackson.databind;
  opens org.trm4j.training.evaluation to
      tools.jackson.databind;
  opens org.trm4j.training.guice to
      com.google.guice;
  opens org.trm4j.training.metrics to
      tools.jackson.databind;
  opens org.trm4j.training.ablation to
      tools.jackson.databind;
}
