/** The {@code trm} command. */
module org.trm4j.cli {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires info.picocli;
  requires java.desktop;
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.management;
  requires jdk.unsupported;
  requires xchart;
  requires org.slf4j;
  requires org.trm4j.backend.cpu;
  requires org.trm4j.datasets;
  requires org.trm4j.datasets.io;
  requires org.trm4j.exchange;
  requires org.trm4j.training;
  requires tools.jackson.databind;

  opens org.trm4j.cli to
      info.picocli;
  opens org.trm4j.cli.backend to
      info.picocli;
  opens org.trm4j.cli.curve to
      info.picocli;
  opens org.trm4j.cli.data to
      info.picocli;
  opens org.trm4j.cli.scaffold to
      info.picocli;
  opens org.trm4j.cli.launched to
      info.picocli;
  opens org.trm4j.cli.models to
      info.picocli;
  opens org.trm4j.cli.solve to
      info.picocli;
  opens org.trm4j.cli.train to
      info.picocli;
  opens org.trm4j.cli.demo to
      info.picocli;
  opens org.trm4j.cli.bench to
      info.picocli;
  opens org.trm4j.cli.doctor to
      info.picocli;
}
