package io.entente.cluster.routing;

import io.entente.core.effect.Reply;
import io.entente.core.record.RecordKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends writes of keys that have a home to their home, and reads on which a write will rest too: one leader takes all writes of such a key, so they
 * don't conflict. Everything else stays in this data center.
 *
 * <p>A write is sent once. While its home is out of reach it is refused, or, where the map says so, taken here; but never after it may have arrived
 * there: then its outcome is unknown. What a home refuses for reasons of its own, such as a condition that doesn't hold, it refuses for everybody.
 *
 * <p>Thread-safe; never blocks.
 */
public final class HomeRouter implements Router {

    /** What keeps a data center from taking any write at the moment, and is no verdict on this one. */
    private static final Set<RequestFailedException.Cause> OUT_OF_REACH = Set.of(
            RequestFailedException.Cause.UNREACHABLE,
            RequestFailedException.Cause.NOT_RUNNING,
            RequestFailedException.Cause.STORE_FAILED,
            RequestFailedException.Cause.CLOCK_OFF,
            RequestFailedException.Cause.DISK_FULL);

    private final String dataCenter;
    private final Router here;
    private final Function<String, Router> elsewhere;
    private final Homes homes;

    /**
     * @param dataCenter where {@code here} is
     * @param here takes requests of keys that are at home there, or have no home
     * @param elsewhere what takes them in another data center
     * @param homes says where keys are at home
     */
    public HomeRouter(String dataCenter, Router here, Function<String, Router> elsewhere, Homes homes) {
        this.dataCenter = dataCenter;
        this.here = here;
        this.elsewhere = elsewhere;
        this.homes = homes;
    }

    @Override
    public int partitions() {
        return here.partitions();
    }

    @Override
    public int partitionOf(String key) {
        return here.partitionOf(key);
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        return atHome(request.key(), () -> here.write(request), home -> home.write(request));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        return request.from() == Source.LEADER
                ? atHome(request.key(), () -> here.read(request), home -> home.read(request))
                : here.read(request);
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        return here.parts(request);
    }

    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        return here.list(request);
    }

    private CompletionStage<Reply> atHome(
            RecordKey key, Supplier<CompletionStage<Reply>> ask, Function<Router, CompletionStage<Reply>> askHome) {
        Optional<String> home = homes.of(key).filter(place -> !place.equals(dataCenter));
        if (home.isEmpty()) {
            return ask.get();
        }
        CompletionStage<Reply> answer = homes.isCut(home.get())
                ? CompletableFuture.failedFuture(new RequestFailedException(
                        Outcome.NOT_APPLIED, RequestFailedException.Cause.UNREACHABLE, "the link there is cut"))
                : askHome.apply(elsewhere.apply(home.get()));
        return answer.handle((reply, failure) -> failure == null
                        ? CompletableFuture.completedStage(reply)
                        : withoutHome(key, home.get(), failure, ask))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Reply> withoutHome(
            RecordKey key, String home, Throwable failure, Supplier<CompletionStage<Reply>> ask) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean outOfReach = cause instanceof RequestFailedException refused
                && refused.outcome() == Outcome.NOT_APPLIED
                && OUT_OF_REACH.contains(refused.kind());
        if (!outOfReach) {
            return CompletableFuture.failedStage(cause);
        }
        return homes.acceptsElsewhere(key.map())
                ? ask.get()
                : CompletableFuture.failedStage(unreachable(key, home, String.valueOf(cause.getMessage())));
    }

    private RequestFailedException unreachable(RecordKey key, String home, String why) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.HOME_UNREACHABLE,
                "the home of " + key + " is data center " + home + ", which can't be asked from " + dataCenter + " ("
                        + why + "): try again when it can, or set entente.maps." + key.map()
                        + ".home-unreachable = accept to have such writes taken elsewhere");
    }
}
