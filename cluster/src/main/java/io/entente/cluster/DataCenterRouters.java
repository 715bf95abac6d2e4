package io.entente.cluster;

import io.entente.cluster.membership.HeardDataCenter;
import io.entente.cluster.routing.ElsewhereRouter;
import io.entente.cluster.routing.Forwarding;
import io.entente.cluster.routing.Router;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The way to each data center from this one, by name. Thread-safe; keeps one router for each data center that is known. */
final class DataCenterRouters implements Function<String, Router> {

    private final HeardDataCenter own;
    private final Router here;
    private final Forwarding others;
    private final Map<String, Router> routers = new ConcurrentHashMap<>();

    /**
     * @param own this node's data center
     * @param here the way into it
     * @param others asks other nodes
     */
    DataCenterRouters(HeardDataCenter own, Router here, Forwarding others) {
        this.own = own;
        this.here = here;
        this.others = others;
    }

    @Override
    public Router apply(String dataCenter) {
        if (dataCenter.equals(own.dataCenter())) {
            return here;
        }
        Router known = routers.get(dataCenter);
        if (known != null) {
            return known;
        }
        // Names come from clients too: those that nobody has are not remembered.
        return isKnown(dataCenter) ? routers.computeIfAbsent(dataCenter, this::to) : to(dataCenter);
    }

    /** A data center as this node hears it. */
    HeardDataCenter heard(String dataCenter) {
        return own.in(dataCenter);
    }

    /** Whether some other node is in that data center. */
    boolean isKnown(String dataCenter) {
        return own.addresses().nodes().stream()
                .anyMatch(node -> !node.equals(own.self()) && node.dataCenter().equals(dataCenter));
    }

    private Router to(String dataCenter) {
        return new ElsewhereRouter(here, heard(dataCenter), others);
    }
}
