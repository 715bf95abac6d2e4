package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import io.entente.core.topology.TopologyPlan;

/** The bugs that are put into what a node knows of the links between data centers. */
final class LinkBugs {

    private LinkBugs() {}

    /** A node goes on pulling along the links it was founded with. */
    static final class ChangeIgnored implements Surgery {

        @Override
        public TopologyPlan relinked(NodeId at, TopologyPlan before, TopologyPlan changed) {
            return at.dataCenter().equals("us") ? before : changed;
        }
    }

    /** A change is in force until the next start only. */
    static final class ChangeForgotten implements Surgery {

        @Override
        public TopologyPlan atStart(TopologyPlan founded, TopologyPlan changed) {
            return founded;
        }
    }
}
