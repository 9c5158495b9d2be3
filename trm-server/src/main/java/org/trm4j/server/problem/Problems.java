package org.trm4j.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.net.URI;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.error.TrmException;
import org.trm4j.server.catalog.ModelNotFoundException;
import org.trm4j.server.limit.BodyTooLargeException;
import org.trm4j.server.limit.DeadlineException;
import org.trm4j.server.limit.ServerBusyException;
import tools.jackson.core.JacksonException;

/**
 * Turns every failure into problem+json: what was expected and what was found, without a stack
 * trace.
 */
@RestControllerAdvice
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = System.getLogger(Problems.class.getName());

  /** Created by Spring. */
  public Problems() {}

  /** Returns the description of a failure for the client. */
  public static ProblemDetail of(Throwable failure) {
    HttpStatus status = status(failure);
    if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
      LOG.log(Logger.Level.ERROR, "a request failed by a defect", failure);
      return problem(status, "a defect of the server; its log has the details");
    }
    return problem(status, String.valueOf(failure.getMessage()));
  }

  private static HttpStatus status(Throwable failure) {
    return switch (failure) {
      case ModelNotFoundException e -> HttpStatus.NOT_FOUND;
      case BodyTooLargeException e -> HttpStatus.CONTENT_TOO_LARGE;
      case ServerBusyException e -> HttpStatus.TOO_MANY_REQUESTS;
      case DeadlineException e -> HttpStatus.GATEWAY_TIMEOUT;
      case BackendException e -> HttpStatus.SERVICE_UNAVAILABLE;
      case InvalidPuzzleException e -> HttpStatus.BAD_REQUEST;
      case TrmException e -> HttpStatus.BAD_REQUEST;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static ProblemDetail problem(HttpStatusCode status, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    // Clients of the Open Inference Protocol read this field.
    problem.setProperty("error", detail);
    return problem;
  }

  @ExceptionHandler(RuntimeException.class)
  ResponseEntity<Object> failed(RuntimeException failure, HttpServletRequest request) {
    ProblemDetail problem = of(failure);
    problem.setInstance(URI.create(request.getRequestURI()));
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (failure instanceof ServerBusyException) {
      headers.set(HttpHeaders.RETRY_AFTER, "1");
    }
    return new ResponseEntity<>(problem, headers, problem.getStatus());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail = "a body of JSON is expected, as /openapi describes it";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        headers.set(HttpHeaders.CONNECTION, "close");
        return answer(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(tooLarge.getMessage()), headers);
      }
      if (cause instanceof JacksonException wrong) {
        detail = BodyFailure.detail(wrong);
        break;
      }
    }
    return answer(status, detail, headers);
  }

  private static ResponseEntity<Object> answer(
      HttpStatusCode status, String detail, HttpHeaders headers) {
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return new ResponseEntity<>(problem(status, detail), headers, status);
  }
}
