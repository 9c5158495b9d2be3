/** Latin squares for TRM for Java. */
module com.example.latin {
  requires org.trm4j.datasets;

  provides org.trm4j.dataset.spi.DatasetProvider with
      com.example.latin.LatinSquareProvider;
}
