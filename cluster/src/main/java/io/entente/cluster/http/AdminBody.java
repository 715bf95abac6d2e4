package io.entente.cluster.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The body of an operator's request: a JSON object with known members. Whatever else it is becomes a problem that says what to write.
 *
 * @param object the object
 * @param form what it should look like
 */
record AdminBody(JsonNode object, String form) {

    /** Reads a body that may have these members and no others. */
    static AdminBody read(byte[] body, List<String> members, String form) {
        AdminBody read = new AdminBody(tree(body, form), form);
        if (!read.object.isObject()) {
            throw read.malformed("the body is no JSON object");
        }
        for (Iterator<String> names = read.object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!members.contains(name)) {
                throw read.malformed("the member " + Quote.of(name) + " is unknown");
            }
        }
        return read;
    }

    private static JsonNode tree(byte[] body, String form) {
        Json.flaw(body).ifPresent(flaw -> {
            throw problem("the body is not JSON, " + flaw + ": write " + form);
        });
        try {
            return Json.unambiguousTree(body);
        } catch (JsonProcessingException e) {
            throw problem("the body can't be read, " + e.getOriginalMessage() + ": write " + form);
        }
    }

    /** A member that must be there, as text. */
    String text(String member) {
        return optionalText(member).orElseThrow(() -> malformed("the text \"" + member + "\" is missing in the body"));
    }

    /** A member as text, where it is there. */
    Optional<String> optionalText(String member) {
        JsonNode value = object.get(member);
        if (value != null && !value.isTextual()) {
            throw malformed("\"" + member + "\" is no text in the body");
        }
        return Optional.ofNullable(value).map(JsonNode::textValue);
    }

    /** A switch; off where it isn't there. */
    boolean flag(String member) {
        JsonNode value = object.path(member);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw malformed("\"" + member + "\" is neither true nor false in the body");
        }
        return value.booleanValue();
    }

    /** A member as a list of texts; empty where it isn't there. */
    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        JsonNode list = object.path(member);
        if (!list.isMissingNode() && !list.isArray()) {
            throw malformed("\"" + member + "\" is no list of texts");
        }
        for (JsonNode element : list) {
            if (!element.isTextual()) {
                throw malformed("\"" + member + "\" is no list of texts");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The problem that the body is not as it should be. */
    ProblemException malformed(String what) {
        return problem(what + ": write " + form);
    }

    /** A problem of the body, in a sentence that says what to do. */
    static ProblemException problem(String sentence) {
        return Problem.of(ProblemKind.MALFORMED_BODY, sentence).asException();
    }
}
