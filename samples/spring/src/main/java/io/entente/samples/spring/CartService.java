package io.entente.samples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: {@code PUT /carts/alice/tea?quantity=2} and {@code GET /carts/alice}, with {@code /actuator/health} and {@code /actuator/metrics}. */
@SpringBootApplication
public class CartService {

    /** Runs it; {@code --entente.data=DIR} and all other keys of {@code reference.conf} are options, properties and variables as Spring has them. */
    public static void main(String[] arguments) {
        SpringApplication.run(CartService.class, arguments);
    }
}
