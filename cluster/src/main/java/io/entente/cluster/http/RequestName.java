package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name by which a client knows a write of its own again: {@code Entente-Request: 4f1c…}, and when it sends it again
 * {@code Entente-Request: 4f1c…; age=1500}.
 *
 * @param id 1 to 64 characters, the client's choice, of which no two writes have the same
 * @param age at most how long ago it was sent first; zero the first time
 */
record RequestName(String id, Duration age) {

    static final String HEADER = "Entente-Request";

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._~-]{1,64})(?:; *age=([0-9]{1,9}))?");

    /** The name in a request's headers; empty where it has none. */
    static Optional<RequestName> of(HttpRequest request) {
        return Headers.single(request, HEADER).map(RequestName::parse);
    }

    private static RequestName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Problem.of(
                            ProblemKind.MALFORMED_HEADER,
                            "The header " + HEADER + " can't be " + Quote.of(text)
                                    + ": write 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -, and after a repeated request's name"
                                    + " for how many milliseconds it has been on its way, as in 4f1c; age=1500")
                    .asException();
        }
        String age = form.group(2);
        return new RequestName(form.group(1), age == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(age)));
    }

    /** Whether it was sent before. */
    boolean isRepeated() {
        return !age.isZero();
    }
}
