package com.example.starter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.trm4j.Answer;
import org.trm4j.TrmModel;

@RestController
@SpringBootApplication(proxyBeanMethods = false)
record SolvingService(TrmModel model) {
  @PostMapping("/solve")
  Answer solve(@RequestBody String puzzle) {
    return model.solve(puzzle);
  }

  public static void main(String[] arguments) {
    SpringApplication.run(SolvingService.class, arguments);
  }
}
