package io.entente.cluster.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets out of what people read: logs, messages, audit lines. */
public final class Secrets {

    /** With what every access token begins, so that people, and programs that look for leaked secrets, recognize one. */
    public static final String TOKEN_BEGINNING = "entente_";

    private static final String HIDDEN_TOKEN = TOKEN_BEGINNING + "…";
    private static final String HIDDEN_VALUE = "(not shown)";

    /** Also what is cut off, or has something added to it, is mostly a secret. */
    private static final Pattern TOKEN = Pattern.compile(TOKEN_BEGINNING + "[A-Za-z0-9_-]{16,}");

    /** None of these is a key of ours; people try them who look for the place of a password. */
    private static final Pattern KEY =
            Pattern.compile("password|passphrase|secret|credential", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** A text without the access tokens that may be in it. */
    public static String hiddenIn(String text) {
        return TOKEN.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN_TOKEN));
    }

    /** A configured value as it may be shown. */
    static String hidden(String key, String value) {
        return KEY.matcher(key).find() ? HIDDEN_VALUE : hiddenIn(value);
    }
}
