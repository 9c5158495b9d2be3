package org.trm4j.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.trm4j.Trm;
import org.trm4j.pretrained.PretrainedModel;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ServedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code trm serve}. */
@Command(
    name = "trm serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 110,
    description = {
      "Serves models over HTTP: a page that shows the recursion, a REST API, the Open Inference"
          + " Protocol.",
      "It listens on 127.0.0.1 unless --address says otherwise; any other address needs a token."
    },
    footer = {
      "",
      "Any Spring Boot property is an option too, such as --trm.server.deadline=10s; docs/SERVER.md"
          + " lists them.",
      "",
      "Examples:",
      "  trm serve                                   the models in the box, at"
          + " http://127.0.0.1:8080",
      "  trm serve --model runs/nine --port 9000",
      "  trm serve --model nine=runs/nine --model six=sudoku-6",
      "  trm serve --address 0.0.0.0 --token-file token.txt"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]M",
      description =
          "A run folder, a model file, or the name of a model in the box. Repeat it for"
              + " several models. Default: all in the box.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--port", description = "Default: ${DEFAULT-VALUE}; 0 for any that is free.")
  private int port = 8080;

  @Option(names = "--address", description = "Where to listen. Default: ${DEFAULT-VALUE}.")
  private String address = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "F",
      description =
          "A file with the token that clients must send (Authorization: Bearer ...). Or set"
              + " TRM_SERVER_TOKEN.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--backend",
      description = "auto, or one of `trm plugins`. Default: ${DEFAULT-VALUE}.")
  private String backend = "auto";

  @Option(names = "--threads", description = "Worker threads; 0 for all processors.")
  private int threads;

  @Unmatched private List<String> properties = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() {
    for (String property : properties) {
      if (!property.matches("--[a-z]+[.a-zA-Z0-9\\[\\]-]*\\.[^=]+=.*")) {
        throw new ParameterException(
            spec.commandLine(), "unknown argument %s; see trm serve --help".formatted(property));
      }
    }
    Map<String, Object> settings = settings();
    ConfigurableApplicationContext context;
    try {
      context = TrmServer.start(settings, properties);
    } catch (RuntimeException e) {
      // Boot has logged the failure.
      return 2;
    }
    int bound =
        ((WebServerApplicationContext) context).getWebServer() == null
            ? port
            : ((WebServerApplicationContext) context).getWebServer().getPort();
    String host = address.contains(":") ? "[" + address + "]" : address;
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "trm: serving %s at http://%s:%s (API: /api, stop: Ctrl-C)%n",
            String.join(
                ", ",
                context.getBean(ModelCatalog.class).all().stream().map(ServedModel::name).toList()),
            host,
            bound);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.port", port);
    settings.put("server.address", address);
    settings.put("trm.backend", backend);
    settings.put("trm.threads", threads);
    Path file = tokenFile;
    if (file != null) {
      settings.put("trm.server.token", token(file));
    }
    locations().forEach((name, location) -> settings.put("trm.models[" + name + "]", location));
    return settings;
  }

  private String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--token-file %s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private Map<String, String> locations() {
    Map<String, String> locations = new LinkedHashMap<>();
    for (String model : models) {
      int equals = model.indexOf('=');
      String location = model.substring(equals + 1);
      String name = equals > 0 ? model.substring(0, equals) : nameOf(location);
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new ParameterException(
            spec.commandLine(),
            "--model %s: the name '%s' is not one for an address; give another, --model NAME=%s"
                .formatted(model, name, location));
      }
      if (locations.putIfAbsent(name, location) != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--model: two models are named %s; give another name, --model NAME=%s"
                .formatted(name, location));
      }
    }
    if (models.isEmpty() && properties.stream().noneMatch(p -> p.startsWith("--trm.model"))) {
      for (PretrainedModel model : Trm.standard().models()) {
        locations.put(model.description().name(), model.description().name());
      }
    }
    return locations;
  }

  private static String nameOf(String location) {
    Path last = Path.of(location).getFileName();
    return last == null ? location : last.toString().replaceFirst("\\.safetensors$", "");
  }
}
