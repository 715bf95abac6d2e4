package io.entente.core.codec;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of an ancestry.
 *
 * <pre>
 * count   the kept versions, as siblings
 * for each sibling and then each kept version: 0 when it is not to be kept; else 1 + how many it replaced, and their places among the kept
 * </pre>
 */
final class AncestryCodec {

    private AncestryCodec() {}

    static void write(ByteWriter out, Siblings record) {
        Ancestry ancestry = record.ancestry();
        List<Dot> kept = ancestry.kept().stream().map(Sibling::dot).toList();
        SiblingsCodec.write(out, ancestry.kept());
        record.versions().forEach(version -> write(out, version.dot(), kept, ancestry.lineage()));
        kept.forEach(version -> write(out, version, kept, ancestry.lineage()));
    }

    private static void write(ByteWriter out, Dot version, List<Dot> kept, Lineage lineage) {
        if (!lineage.knows(version)) {
            out.varint(0);
            return;
        }
        List<Dot> replaced = lineage.replacedBy(version);
        out.varint(1 + replaced.size());
        replaced.forEach(dot -> out.varint(kept.indexOf(dot)));
    }

    static Ancestry read(ByteReader in, List<Sibling> versions, List<Sibling> kept) {
        Map<Dot, List<Dot>> replaced = new TreeMap<>();
        versions.forEach(version -> read(in, version.dot(), kept, replaced));
        kept.forEach(version -> read(in, version.dot(), kept, replaced));
        return new Ancestry(kept, Lineage.of(replaced));
    }

    private static void read(ByteReader in, Dot version, List<Sibling> kept, Map<Dot, List<Dot>> replaced) {
        int count = in.varint(kept.size() + 1) - 1;
        if (count < 0) {
            return;
        }
        List<Dot> dots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dots.add(kept.get(in.varint(kept.size() - 1)).dot());
        }
        if (replaced.put(version, dots) != null) {
            throw new MalformedBytesException("the version " + version + " is twice in a record");
        }
    }
}
