package org.trm4j.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.trm4j.server.limit.ListenRules;
import picocli.CommandLine;

/** The server as a Boot application; {@link ServeCommand} starts it from the command line. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@API(status = API.Status.INTERNAL, since = "0.2.0")
public class TrmServer {
  /** Made by Spring. */
  public TrmServer() {}

  /** Starts the server; ends the JVM only where it cannot be started. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new ServeCommand()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Starts the application.
   *
   * @param settings properties, which win over those of files and the environment
   * @param arguments further properties, as Boot takes them: {@code --name=value}
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
