package io.entente.samples.demo.cluster;

import io.entente.cluster.map.SessionToken;
import java.util.HashMap;
import java.util.Map;

/** What the shell has seen at each data center: its reads there are never older, whichever node answers. Confined to the shell's thread. */
public final class Sessions {

    private final Map<String, SessionToken> byDataCenter = new HashMap<>();

    Sessions() {}

    /** What was seen at a data center. */
    public SessionToken at(String dataCenter) {
        return byDataCenter.getOrDefault(dataCenter, SessionToken.empty());
    }

    /** More was seen there. */
    public void saw(String dataCenter, SessionToken seen) {
        byDataCenter.merge(dataCenter, seen, SessionToken::merge);
    }

    /** What was seen there may be gone. */
    void forget(String dataCenter) {
        byDataCenter.remove(dataCenter);
    }
}
