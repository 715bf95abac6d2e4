package io.entente.samples.spring;

import io.entente.cluster.map.ReplicatedMap;
import java.util.concurrent.CompletionStage;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Carts over HTTP. Nothing waits in a thread of Spring's: it answers when the stage completes. */
@RestController
@RequestMapping("/carts/{customer}")
class CartController {

    private final ReplicatedMap<Cart> carts;

    CartController(ReplicatedMap<Cart> carts) {
        this.carts = carts;
    }

    @GetMapping
    CompletionStage<Cart> cart(@PathVariable("customer") String customer) {
        return carts.get(customer).thenApply(found -> found.asOptional().orElseGet(Cart::empty));
    }

    @PutMapping("/{item}")
    CompletionStage<Cart> putIn(
            @PathVariable("customer") String customer,
            @PathVariable("item") String item,
            @RequestParam(name = "quantity", defaultValue = "1") int quantity) {
        return carts.update(customer, cart -> cart.orElseGet(Cart::empty).with(item, quantity))
                .thenCompose(written -> cart(customer));
    }
}
