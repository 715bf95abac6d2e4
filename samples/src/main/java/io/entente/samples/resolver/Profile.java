package io.entente.samples.resolver;

import java.util.List;

/**
 * What is known of a user. Immutable.
 *
 * @param email where mail goes
 * @param tags what the user is interested in
 * @param verified whether somebody has seen the user's papers
 * @param plan what the user pays for
 */
public record Profile(String email, List<String> tags, boolean verified, String plan) {

    /** Copies the list. */
    public Profile {
        tags = List.copyOf(tags);
    }
}
