package io.entente.core.store.memory;

import io.entente.core.store.Store;
import io.entente.core.store.StoreContractTest;

class MemoryStoreTest extends StoreContractTest {

    @Override
    protected Store open() {
        return new MemoryStore();
    }

    @Override
    protected void failNextCommit(Store store, CommitFault fault) {
        ((MemoryStore) store).failNextCommit(fault);
    }
}
