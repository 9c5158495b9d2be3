package org.trm4j.server.solve;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.server.catalog.ModelCatalog;
import org.trm4j.server.catalog.ServedModel;
import org.trm4j.server.limit.ServerLimits;
import org.trm4j.server.problem.Problems;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/solve}. */
@RestController
@Tag(name = "solve", description = "Puzzles as text")
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SolveController {
  private final ModelCatalog catalog;
  private final SolveService service;
  private final ServerLimits limits;
  private final JsonMapper json;

  /** Creates the controller. */
  public SolveController(
      ModelCatalog catalog, SolveService service, ServerLimits limits, JsonMapper json) {
    this.catalog = catalog;
    this.service = service;
    this.limits = limits;
    this.json = json;
  }

  private record Work(ServedModel model, List<Puzzle> puzzles, SolveSettings settings) {}

  /** Returns the answers when all are done. */
  @PostMapping(path = "/v1/solve", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Solve one puzzle or several",
      description =
          "Answers are in the order of the puzzles. `verified` says that the puzzle's own rules"
              + " hold for an answer. With `Accept: text/event-stream` every draft is an event"
              + " `draft` as it comes, then every answer an event `answer`; a failure after the"
              + " first event is an event `error`.")
  public SolveReply solve(@RequestBody SolveRequest request) {
    Work work = work(request);
    List<Answer> answers = service.solve(work.model(), work.puzzles(), work.settings());
    return new SolveReply(work.model().name(), json(answers));
  }

  /** Sends every draft as it comes, then the answers. */
  @PostMapping(path = "/v1/solve", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(hidden = true)
  public void stream(@RequestBody SolveRequest request, HttpServletResponse response)
      throws IOException {
    Work work = work(request);
    EventStream[] events = new EventStream[1];
    try {
      List<Answer> answers =
          service.solve(
              work.model(),
              work.puzzles(),
              work.settings(),
              (puzzle, draft) -> begun(events, response).send("draft", DraftJson.of(puzzle, draft)),
              () -> events[0] != null && events[0].broken());
      EventStream stream = begun(events, response);
      for (AnswerJson answer : json(answers)) {
        stream.send("answer", answer);
      }
      stream.send("done", Map.of("model", work.model().name()));
    } catch (RuntimeException e) {
      if (events[0] == null) {
        throw e;
      }
      ProblemDetail problem = Problems.of(e);
      events[0].send("error", problem);
    }
  }

  private EventStream begun(EventStream[] events, HttpServletResponse response) {
    try {
      if (events[0] == null) {
        events[0] = new EventStream(response, json);
      }
      return events[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<AnswerJson> json(List<Answer> answers) {
    List<AnswerJson> list = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      list.add(AnswerJson.of(i, answers.get(i)));
    }
    return list;
  }

  private Work work(SolveRequest request) {
    List<String> texts = texts(request.puzzle(), request.puzzles());
    ServedModel model = catalog.choose(request.model(), texts.getFirst());
    model.domain();
    SolveSettings settings = SolveSettings.of(request, limits);
    List<Puzzle> puzzles = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        puzzles.add(model.parse(texts.get(i), request.task()));
      } catch (InvalidPuzzleException e) {
        throw texts.size() == 1
            ? e
            : new InvalidPuzzleException("puzzles[%s]: %s".formatted(i, e.getMessage()));
      }
    }
    return new Work(model, puzzles, settings);
  }

  private List<String> texts(@Nullable String puzzle, @Nullable List<String> puzzles) {
    if ((puzzle == null) == (puzzles == null)) {
      throw new BadRequestException(
          "expected either puzzle (one text) or puzzles (a list of texts), found %s"
              .formatted(puzzle == null ? "neither" : "both"));
    }
    List<@Nullable String> texts = new ArrayList<>();
    if (puzzles == null) {
      texts.add(puzzle);
    } else {
      texts.addAll(puzzles);
    }
    if (texts.isEmpty() || texts.size() > limits.maxPuzzles()) {
      throw new BadRequestException(
          "puzzles: %s, expected 1 to %s".formatted(texts.size(), limits.maxPuzzles()));
    }
    List<String> checked = new ArrayList<>();
    for (String text : texts) {
      if (text == null) {
        throw new BadRequestException("puzzles[%s]: null, expected text".formatted(checked.size()));
      }
      checked.add(text);
    }
    return checked;
  }
}
