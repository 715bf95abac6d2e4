package io.entente.cluster.map;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Content types as far as Entente looks into them: which are malformed, and which mean the same. */
final class MediaType {

    private static final int MAX_LENGTH = 255;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)[ \t]*((?:;[\\x20-\\x7E]*)?)");

    private MediaType() {}

    /**
     * The one way in which a content type is written here: lower case but for parameters; JSON without a charset, since it has but
     * one, text in UTF-8 as {@link StoredValue#TEXT}.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static String canonical(String contentType) {
        Matcher form = FORM.matcher(contentType.strip());
        if (contentType.length() > MAX_LENGTH || !form.matches()) {
            throw new IllegalArgumentException(
                    "'" + excerpt(contentType) + "' is no content type: give one such as application/json, of at most "
                            + MAX_LENGTH + " characters");
        }
        String essence = form.group(1).toLowerCase(Locale.ROOT);
        String parameters = form.group(2);
        boolean utf8 =
                parameters.toLowerCase(Locale.ROOT).replaceAll("[ \t\"]", "").equals(";charset=utf-8");
        if (essence.equals(StoredValue.JSON) && (utf8 || parameters.isEmpty())) {
            return StoredValue.JSON;
        }
        return essence.equals("text/plain") && utf8 ? StoredValue.TEXT : essence + parameters;
    }

    /** The type without its parameters. */
    static String essence(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }

    static boolean isJson(String contentType) {
        String essence = essence(contentType);
        return essence.equals(StoredValue.JSON) || essence.endsWith("+json");
    }

    static boolean isText(String contentType) {
        return essence(contentType).startsWith("text/");
    }

    private static String excerpt(String contentType) {
        return contentType.length() > 40 ? contentType.substring(0, 40) + "…" : contentType;
    }
}
