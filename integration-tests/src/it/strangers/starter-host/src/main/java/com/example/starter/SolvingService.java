package com.example.starter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Answer;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Verification;

@RestController
@SpringBootApplication(proxyBeanMethods = false)
record SolvingService(TrmModel model) {
  record Solution(String text, Verification.Outcome outcome, double confidence) {}

  @PostMapping("/solve")
  Solution solve(@RequestBody String puzzle) {
    Answer answer = model.solve(puzzle);
    return new Solution(answer.text(), answer.verification().outcome(), answer.confidence());
  }

  public static void main(String[] arguments) {
    SpringApplication.run(SolvingService.class, arguments);
  }
}
