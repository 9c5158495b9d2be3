package org.trm4j.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.coyote.AbstractProtocol;
import org.apiguardian.api.API;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.trm4j.Trm;
import org.trm4j.server.limit.ListenRules;
import org.trm4j.server.limit.ServerLimits;
import picocli.CommandLine;

/** The server as a Boot application; {@link ServeCommand} starts it from the command line. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@API(status = API.Status.INTERNAL, since = "0.2.0")
public class TrmServer {
  private static final int OTHER_REQUESTS = 20;

  /** Created by Spring. */
  public TrmServer() {}

  /** Returns the library, so that the class path is searched once, not for each request. */
  @Bean
  Trm trm() {
    return Trm.builder().searchOnce().build();
  }

  /**
   * Gives Tomcat a thread for every request that may solve or wait, and some more: a request held
   * back by Tomcat would get neither its 429 nor its deadline.
   */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> threads(ServerLimits limits) {
    int least = Math.addExact(Math.addExact(limits.concurrency(), limits.queue()), OTHER_REQUESTS);
    return factory ->
        factory.addConnectorCustomizers(connector -> {
          if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setMaxThreads(Math.max(protocol.getMaxThreads(), least));
          }
        });
  }

  /** Starts the server; ends the JVM only if it cannot be started. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new ServeCommand()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Starts the application.
   *
   * @param settings properties, which override those of files and the environment
   * @param arguments further properties in Boot's form: {@code --name=value}
   */
  static ConfigurableApplicationContext start(
      Map<String, Object> settings, List<String> arguments) {
    SpringApplication application = new SpringApplication(TrmServer.class);
    application.addInitializers(context -> ListenRules.check(context.getEnvironment()));
    String[] given =
        Stream.concat(
                settings.entrySet().stream()
                    .map(entry -> "--%s=%s".formatted(entry.getKey(), entry.getValue())),
                arguments.stream())
            .toArray(String[]::new);
    return application.run(given);
  }
}
