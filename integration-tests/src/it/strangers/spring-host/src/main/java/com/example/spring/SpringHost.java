package com.example.spring;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Answer;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;

/** POST /solve with a puzzle as text; one model serves all requests. */
@SpringBootApplication
@RestController
public class SpringHost {
  private final TrmModel model;

  record Solution(String answer, boolean verified, int steps, double confidence) {}

  SpringHost(TrmModel model) {
    this.model = model;
  }

  public static void main(String[] arguments) {
    SpringApplication.run(SpringHost.class, arguments);
  }

  /** Opens the model once; Spring closes it when the application ends. */
  @Bean
  static TrmModel model(@Value("${model}") Path file) {
    return TrmModel.open(file);
  }

  @PostMapping("/solve")
  Solution solve(@RequestBody String puzzle) {
    Answer answer = model.solve(puzzle);
    return new Solution(answer.text(), answer.verified(), answer.steps(), answer.confidence());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  String refuse(InvalidPuzzleException e) {
    return e.getMessage();
  }
}
