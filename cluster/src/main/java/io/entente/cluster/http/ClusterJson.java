package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.DataCenterView;
import io.entente.cluster.membership.ClusterView.EpochView;
import io.entente.cluster.membership.ClusterView.FollowerView;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.membership.ResolverAgreement;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.ReplicationMode.SingleLeader;
import io.entente.core.replica.EpochStatus;
import io.entente.core.replica.SnapshotProgress;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** The cluster as a node sees it, as JSON. */
public final class ClusterJson {

    private ClusterJson() {}

    /** What {@code /cluster} of that node answers now, in UTF-8. */
    public static CompletionStage<Bytes> of(NodePort node) {
        return node.view().thenApply(view -> Bytes.wrap(Json.bytes(json(view, node.faultInjection()))));
    }

    static ObjectNode json(ClusterView view, boolean faultInjection) {
        ObjectNode body = Json.object();
        body.put("node", view.node());
        body.put("mode", view.mode());
        body.put("epoch", view.epoch());
        body.put("faultInjection", faultInjection);
        ArrayNode dataCenters = body.putArray("dataCenters");
        view.dataCenters().forEach(dataCenter -> put(dataCenters.addObject(), dataCenter));
        ArrayNode links = body.putArray("links");
        view.links().forEach(link -> put(links.addObject(), link));
        ObjectNode vectors = body.putObject("vectors");
        view.vectors().forEach((partition, vector) -> put(vectors.putObject(Integer.toString(partition)), vector));
        view.purgeHeldBackBy().forEach(body.putArray("purgeHeldBackBy")::add);
        ArrayNode retiring = body.putArray("retiring");
        view.retiring().forEach((node, waitsFor) -> {
            ObjectNode one = retiring.addObject().put("node", node);
            waitsFor.forEach(one.putArray("waitsFor")::add);
        });
        view.retired().forEach(body.putArray("retired")::add);
        body.set("topology", TopologyResource.json(view.topology()));
        view.clocks().ifPresent(clocks -> put(body.putObject("clocks"), clocks));
        ArrayNode resolvers = body.putArray("resolvers");
        view.resolvers().forEach(resolver -> put(resolvers.addObject(), resolver));
        ArrayNode joining = body.putArray("joining");
        view.joins().forEach((partition, progress) -> put(joining.addObject().put("partition", partition), progress));
        body.put("stalenessMillis", view.copies().staleness().toMillis());
        ObjectNode held = body.putObject("standsInFor");
        view.copies().heldFor().forEach(held::put);
        ArrayNode epochs = body.putArray("epochs");
        view.epochs().forEach((partition, epoch) -> put(epochs.addObject().put("partition", partition), epoch));
        return body;
    }

    private static void put(ObjectNode target, EpochView view) {
        EpochStatus status = view.status();
        target.put("mode", status.epoch().mode().toString());
        target.put("epoch", status.epoch().ballot().round());
        target.put("deciding", !status.heeded());
        ArrayNode voters = target.putArray("voters");
        status.epoch().voters().forEach(voters::add);
        if (!(status.epoch().mode() instanceof SingleLeader single)) {
            return;
        }
        status.epoch()
                .leader()
                .ifPresentOrElse(leader -> target.put("leader", leader.node()), () -> target.putNull("leader"));
        target.put("settled", status.epoch().settled());
        target.put("acknowledgement", single.acknowledgement().toString());
        target.put("failover", word(single.failover()));
        if (status.leads()) {
            target.put("degraded", status.isDegraded());
            target.put("degradedWrites", status.degraded());
            ArrayNode followers = target.putArray("followers");
            view.followers().forEach(follower -> put(followers.addObject(), follower));
        }
    }

    private static void put(ObjectNode target, FollowerView follower) {
        target.put("name", follower.name());
        target.put("live", follower.live());
        target.put("lagEntries", follower.lagEntries());
        follower.lagMillis().ifPresentOrElse(lag -> target.put("lagMillis", lag), () -> target.putNull("lagMillis"));
    }

    private static void put(ObjectNode target, ClockReport clocks) {
        target.put("state", word(clocks.verdict()));
        target.put("aheadMillis", clocks.aheadMillis());
        target.put("limitMillis", clocks.limitMillis());
        ArrayNode nodes = target.putArray("nodes");
        clocks.skews()
                .forEach((node, skew) -> nodes.addObject()
                        .put("name", node.node())
                        .put("skewMillis", skew.millis())
                        .put("roundTripMillis", skew.roundTripMillis()));
    }

    private static void put(ObjectNode target, DataCenterView dataCenter) {
        target.put("name", dataCenter.name());
        ArrayNode nodes = target.putArray("nodes");
        for (NodeView node : dataCenter.nodes()) {
            ObjectNode one = nodes.addObject()
                    .put("name", node.name())
                    .put("role", word(node.role()))
                    .put("live", node.live());
            node.leads().forEach(one.putArray("leads")::add);
            node.holds().forEach(one.putArray("holds")::add);
        }
    }

    private static void put(ObjectNode target, ResolverAgreement.View resolver) {
        target.put("map", resolver.map());
        target.put("resolver", resolver.resolver());
        resolver.suspended().ifPresent(why -> target.put("suspended", why));
        ObjectNode elsewhere = target.putObject("elsewhere");
        resolver.elsewhere().forEach((node, theirs) -> elsewhere.put(node.node(), theirs));
    }

    private static void put(ObjectNode target, SnapshotProgress progress) {
        target.put("state", progress.source().isPresent() ? "fetching" : "merging");
        progress.source().ifPresent(source -> target.put("from", source.node()));
        target.put("percent", progress.percent());
        target.put("bytes", progress.bytes());
        target.put("totalBytes", progress.totalBytes());
        target.put("bytesPerSecond", progress.bytesPerSecond());
        progress.left()
                .ifPresentOrElse(
                        left -> target.put("secondsLeft", left.toSeconds()), () -> target.putNull("secondsLeft"));
    }

    private static void put(ObjectNode target, LinkView link) {
        target.put("from", link.from());
        target.put("to", link.to());
        target.put("state", word(link.state()));
        target.put("lagEntries", link.lagEntries());
        link.lagMillis().ifPresentOrElse(lag -> target.put("lagMillis", lag), () -> target.putNull("lagMillis"));
    }

    static void put(ObjectNode target, VersionVector vector) {
        vector.forEach((origin, sequence) -> target.put(origin.toString(), sequence));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
