package org.trm4j.server.inference;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.limit.ServerLimits;
import org.trm4j.server.problem.BodyFailure;
import org.trm4j.server.solve.BadRequestException;
import org.trm4j.server.solve.SolveService;
import org.trm4j.server.solve.SolveSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /v2/models/NAME/infer}, with tensors in the JSON or as bytes after it (the protocol's
 * extension for binary data, which Triton's clients use).
 */
@RestController
@Tag(name = "inference", description = "Open Inference Protocol, version 2")
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class InferenceController {
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";
  private static final String BINARY_DATA = "binary_data";

  private final ModelCatalog catalog;
  private final SolveService service;
  private final ServerLimits limits;
  private final JsonMapper json;

  /** Creates the controller. */
  public InferenceController(
      ModelCatalog catalog, SolveService service, ServerLimits limits, JsonMapper json) {
    this.catalog = catalog;
    this.service = service;
    this.limits = limits;
    // The protocol allows clients to send fields that the server does not know.
    this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  /** Solves the puzzles of a tensor. */
  @PostMapping({"/v2/models/{name}/infer", "/v2/models/{name}/versions/{version}/infer"})
  @Operation(
      summary = "Solve puzzles given as tokens",
      description =
          "One input `tokens` [N, S]; outputs `answer` [N, S], `verified` [N], `steps` [N] and"
              + " `confidence` [N]. Parameters `steps`, `attempts`, `seed` and `halt` as in"
              + " /v1/solve.")
  public void infer(
      @PathVariable("name") String name,
      @PathVariable(name = "version", required = false) @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ServedModel model = catalog.get(name);
    MetadataController.checkVersion(name, version);
    byte[] body = request.getInputStream().readAllBytes();
    int length = jsonLength(request.getHeader(JSON_LENGTH), body.length);
    InferenceRequest asked;
    try {
      asked = json.readValue(body, 0, length, InferenceRequest.class);
    } catch (JacksonException e) {
      throw new BadRequestException(BodyFailure.detail(e));
    }
    if (asked == null) {
      throw new BadRequestException("body: null, expected an inference request");
    }
    ByteBuffer bytes = ByteBuffer.wrap(body, length, body.length - length);
    List<Puzzle> puzzles = TokenTensor.puzzles(asked, model, bytes, limits.maxPuzzles());
    SolveSettings settings = Parameters.settings(asked.parameters(), limits);
    write(model, asked, service.solve(model, puzzles, settings), response);
  }

  private static int jsonLength(@Nullable String header, int body) {
    if (header == null) {
      return body;
    }
    if (!header.matches("\\d{1,9}") || Integer.parseInt(header) > body) {
      throw new BadRequestException(
          "%s: %s, expected the length of the JSON in a body of %s bytes"
              .formatted(JSON_LENGTH, header, body));
    }
    return Integer.parseInt(header);
  }

  private void write(
      ServedModel model, InferenceRequest asked, List<Answer> answers, HttpServletResponse response)
      throws IOException {
    boolean allBinary =
        asked.parameters() != null
            && Boolean.TRUE.equals(asked.parameters().get("binary_data_output"));
    List<TensorJson> tensors = new ArrayList<>();
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    for (InferenceRequest.Output output : outputs(asked)) {
      AnswerTensor tensor = AnswerTensor.of(String.valueOf(output.name()));
      Object wish = output.parameters() == null ? null : output.parameters().get(BINARY_DATA);
      if (wish == null ? allBinary : Boolean.TRUE.equals(wish)) {
        ByteBuffer bytes = tensor.bytes(answers);
        tensors.add(tensor.described(answers, bytes));
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        tail.writeBytes(copy);
      } else {
        tensors.add(tensor.json(answers));
      }
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("model_name", model.name());
    reply.put("model_version", MetadataController.VERSION);
    if (asked.id() != null) {
      reply.put("id", asked.id());
    }
    reply.put("outputs", tensors);
    byte[] head = json.writeValueAsString(reply).getBytes(StandardCharsets.UTF_8);
    if (tail.size() > 0) {
      response.setHeader(JSON_LENGTH, Integer.toString(head.length));
      response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    } else {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    }
    response.setContentLength(head.length + tail.size());
    response.getOutputStream().write(head);
    tail.writeTo(response.getOutputStream());
  }

  private static List<InferenceRequest.Output> outputs(InferenceRequest asked) {
    List<InferenceRequest.Output> wanted = asked.outputs();
    return wanted == null || wanted.isEmpty()
        ? Stream.of(AnswerTensor.values())
            .map(tensor -> new InferenceRequest.Output(tensor.tensorName(), null))
            .toList()
        : wanted;
  }
}
