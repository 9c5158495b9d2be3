module com.example.quickstart {
  requires org.trm4j.api;
}
