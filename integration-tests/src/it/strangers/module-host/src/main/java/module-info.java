/** A host application on the module path. Backends and data sets are bound as services. */
module com.example.modulehost {
  requires org.trm4j.api;
}
