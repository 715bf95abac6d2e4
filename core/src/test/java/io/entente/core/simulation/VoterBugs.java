package io.entente.core.simulation;

import io.entente.core.codec.EpochCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The bugs in how voters change. They are to be found out by what clients are told alone. */
final class VoterBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private VoterBugs() {}

    /**
     * More than half of the voters to be are enough: those before who were retired are taken to agree, and count no more as soon as another one of those to be has
     * heard of the epoch.
     */
    static final class NewVotersDecideAlone implements Surgery {

        @Override
        public boolean isConcernJudged() {
            return false;
        }

        @Override
        public boolean isAdmissionJudged() {
            return false;
        }

        @Override
        public List<MessageReceived> hear(NodeId at, NodeId from, PeerMessage message, StoreReader disk) {
            List<MessageReceived> heard = new ArrayList<>();
            if (message instanceof Promised) {
                agreeing(disk).forEach(node -> heard.add(new MessageReceived(new NodeId("", node), message)));
            }
            heard.add(new MessageReceived(from, withoutOutgoing(message)));
            return heard;
        }

        private static Set<String> agreeing(StoreReader disk) {
            Set<String> retired = new TreeSet<>();
            RetirementBugs.retirements(disk, (node, retirement) -> {
                if (retirement.sealed()) {
                    retired.add(node);
                }
            });
            Set<String> voters = new TreeSet<>();
            disk.get(Table.META, KEYS.epoch())
                    .map(EpochCodec::decodeEpoch)
                    .ifPresent(epoch -> epoch.electorates().forEach(voters::addAll));
            voters.retainAll(retired);
            return voters;
        }

        private static PeerMessage withoutOutgoing(PeerMessage message) {
            if (message instanceof EpochIs news) {
                return new EpochIs(withoutOutgoing(news.established()), news.promised(), news.leads());
            }
            return message instanceof WantPromise want
                    ? new WantPromise(withoutOutgoing(want.proposed()), withoutOutgoing(want.basis()), want.stage())
                    : message;
        }

        private static Epoch withoutOutgoing(Epoch epoch) {
            return epoch.isChangingVoters() ? epoch.withoutOutgoing() : epoch;
        }
    }
}
