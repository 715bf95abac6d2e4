package io.entente.samples.demo.shell;

import io.entente.samples.terminal.MisuseException;

/**
 * A key as it is typed: {@code map/key}. The key is all after the first slash.
 *
 * @param map the map's name
 * @param key the key in it
 */
record KeyText(String map, String key) {

    /**
     * Reads it.
     *
     * @throws MisuseException when the text is no key
     */
    static KeyText of(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new MisuseException("'" + text + "' is no key: write map/key, such as users/alice");
        }
        return new KeyText(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return map + "/" + key;
    }
}
