package io.entente.samples.demo.shell;

import io.entente.samples.demo.cluster.DemoCluster;
import java.util.Iterator;

/** What the Tab key offers for arguments. */
final class Candidates {

    private Candidates() {}

    /** Names of data centers. */
    static final class DataCenters implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DemoCluster.DATA_CENTERS.iterator();
        }
    }

    /** Names of nodes. */
    static final class Nodes implements Iterable<String> {

        private final ShellContext context;

        Nodes(ShellContext context) {
            this.context = context;
        }

        @Override
        public Iterator<String> iterator() {
            return context.cluster().get().names().iterator();
        }
    }
}
