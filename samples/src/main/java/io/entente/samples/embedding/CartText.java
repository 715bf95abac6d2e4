package io.entente.samples.embedding;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.CodecException;
import io.entente.samples.resolver.Cart;
import io.entente.samples.resolver.Cart.Line;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A codec of a program's own: carts as lines of text that people can read, {@code +NAME QUANTITY ITEM} for a line of the cart and {@code -NAME} for one that was taken out.
 *
 * <p>Equal carts have equal bytes, since a cart's lines have an order. Immutable; thread-safe.
 */
final class CartText implements Codec<Cart> {

    private static final Pattern IN = Pattern.compile("\\+(\\S+) ([1-9][0-9]{0,8}) (.+)");
    private static final Pattern OUT = Pattern.compile("-(\\S+)");

    @Override
    public String contentType() {
        return "text/vnd.entente.cart";
    }

    @Override
    public byte[] encode(Cart cart) {
        StringBuilder text = new StringBuilder();
        cart.lines().forEach((name, line) -> append(text, "+" + name + " " + line.quantity() + " " + line.item(), IN));
        cart.removed().forEach(name -> append(text, "-" + name, OUT));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String line, Pattern form) {
        if (!form.matcher(line).matches()) {
            throw new CodecException(
                    "the line '" + line
                            + "' can't be written: names have no white space, items no line breaks, and there are less than a thousand million");
        }
        text.append(line).append('\n');
    }

    @Override
    public Cart decode(byte[] content) {
        SortedMap<String, Line> lines = new TreeMap<>();
        SortedSet<String> removed = new TreeSet<>();
        for (String line : linesOf(content)) {
            Matcher in = IN.matcher(line);
            Matcher out = OUT.matcher(line);
            if (in.matches()) {
                lines.put(in.group(1), new Line(in.group(3), Integer.parseInt(in.group(2))));
            } else if (out.matches()) {
                removed.add(out.group(1));
            } else {
                throw new CodecException("'" + line + "' is no line of a cart");
            }
        }
        if (!Collections.disjoint(lines.keySet(), removed)) {
            throw new CodecException("a line is both in the cart and taken out");
        }
        return new Cart(lines, removed);
    }

    private static List<String> linesOf(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException malformed) {
            throw new CodecException("it is no text in UTF-8", malformed);
        }
    }
}
