package io.entente.core.store.rocksdb;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.PerTable;
import io.entente.core.store.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * The open database and all natives that live as long as it. Knows the options and nothing of batches, heads or fences.
 *
 * <p>Thread-safe but for {@link #close()}, which must come when nobody uses a native any more, iterators and snapshots
 * included.
 */
final class RocksDatabase implements AutoCloseable {

    /** Where, among what is the store's own, the number of commits stands: eight bytes, big-endian. */
    static final Bytes HEAD_KEY = Bytes.utf8("head");

    private static final int BLOOM_BITS_PER_KEY = 10;

    /** A scan looks into so many files at most before some of them become one. */
    private static final int MERGE_LOG_FILES_AT = 8;

    /** So many files of newly written records may wait before they are merged into the others. */
    private static final int MERGE_RECORD_FILES_AT = 8;

    private static final int METADATA_BLOCK_BYTES = 4 << 10;

    /** Few shards: a node has few threads that read, and a small shard holds few blocks. */
    private static final int CACHE_SHARD_BITS = 2;

    /** How much of the cache blocks of data can't take from those of indexes and filters. */
    private static final double SHARE_OF_INDEX_AND_FILTERS = 0.5;

    private static final long INFO_LOG_BYTES = 1L << 20;
    private static final int INFO_LOGS_KEPT = 2;

    /** How much room an opening may take. */
    enum Room {
        /** What is only in the log is written to tables' files, and is on the device by then. */
        PLENTY,
        /** It stays in the log, and must have been brought to the device; it needs memory for all of it, at most the log's bound. */
        SCARCE
    }

    private final Natives natives;
    private final RocksDB db;
    private final ColumnFamilyHandle own;
    private final PerTable<ColumnFamilyHandle> families;
    private final ReadOptions reads;
    private final WriteOptions writes;

    private RocksDatabase(Natives natives, RocksDB db, List<ColumnFamilyHandle> handles, Durability durability) {
        this.natives = natives;
        this.db = db;
        Iterator<ColumnFamilyHandle> inOrder = handles.iterator();
        this.own = inOrder.next();
        this.families = new PerTable<>(table -> inOrder.next());
        this.reads = natives.own(new ReadOptions());
        this.writes = natives.own(new WriteOptions()
                .setSync(durability == Durability.FSYNC)
                .setDisableWAL(durability == Durability.MEMORY));
    }

    /** Opens the database in the directory, or makes one. Frees everything when it fails. */
    static RocksDatabase open(Path directory, RocksStoreSettings settings, Room room) throws RocksDBException {
        RocksDB.loadLibrary();
        Natives natives = new Natives();
        try {
            return open(directory, settings, room, natives);
        } catch (RocksDBException | RuntimeException | Error failed) {
            natives.close();
            throw failed;
        }
    }

    private static RocksDatabase open(Path directory, RocksStoreSettings settings, Room room, Natives natives)
            throws RocksDBException {
        DBOptions options = natives.own(databaseOptions(settings));
        if (room == Room.SCARCE) {
            options.setAvoidFlushDuringRecovery(true).setAllowFAllocate(false).setDbWriteBufferSize(0);
        }
        List<ColumnFamilyDescriptor> families =
                families(room == Room.SCARCE ? settings.withRoomForTheLog() : settings, natives);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB db = natives.own(RocksDB.open(options, directory.toString(), families, handles));
        handles.forEach(natives::own);
        return new RocksDatabase(natives, db, handles, settings.durability());
    }

    /**
     * A torn end of the log is normal after a power loss and tolerated; damage before it refuses to open. Without a log
     * the tables are flushed together, or a batch could survive in one and not in another. No event listener is ever
     * attached: on a full disk its callback throws inside RocksDB and can hang the process. Commits come one after the
     * other, so the write buffers need not be made for several writers.
     */
    private static DBOptions databaseOptions(RocksStoreSettings settings) {
        return verifyingLogs()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setAtomicFlush(settings.durability() == Durability.MEMORY)
                .setAvoidFlushDuringShutdown(true)
                .setAllowConcurrentMemtableWrite(false)
                .setMaxTotalWalSize(settings.maxLogBytes())
                .setDbWriteBufferSize(settings.totalWriteBufferBytes())
                .setMaxOpenFiles(settings.maxOpenFiles())
                .setMaxBackgroundJobs(settings.backgroundJobs())
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(INFO_LOGS_KEPT)
                .setStatsDumpPeriodSec(0);
    }

    /**
     * Each log then says which one came before it and how it ended. Without, a log that lies before another one may end early, or be gone, and the store opens
     * with a hole: what comes after it bears the newest head.
     */
    private static DBOptions verifyingLogs() {
        Properties verifying = new Properties();
        verifying.setProperty("track_and_verify_wals", "true");
        return Objects.requireNonNull(
                DBOptions.getDBOptionsFromProps(verifying),
                "this RocksDB can't verify that its logs follow each other");
    }

    private static List<ColumnFamilyDescriptor> families(RocksStoreSettings settings, Natives natives) {
        Cache cache = natives.own(
                new LRUCache(settings.blockCacheBytes(), CACHE_SHARD_BITS, false, SHARE_OF_INDEX_AND_FILTERS));
        ColumnFamilyOptions plain = natives.own(familyOptions(settings, tableFormat(cache)));
        BloomFilter bloom = natives.own(new BloomFilter(BLOOM_BITS_PER_KEY));
        ColumnFamilyOptions filtered = natives.own(
                overwritten(familyOptions(settings, tableFormat(cache).setFilterPolicy(bloom))));

        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, plain));
        ColumnFamilyOptions appended = natives.own(appendedTo(familyOptions(settings, tableFormat(cache))));
        for (Table table : Table.values()) {
            families.add(new ColumnFamilyDescriptor(
                    name(table),
                    switch (table) {
                        case LOG -> appended;
                        // Most lookups of a record are for keys that don't exist yet; elsewhere they are for keys that
                        // do.
                        case RECORD -> filtered;
                        default -> plain;
                    }));
        }
        return families;
    }

    /**
     * For a table whose rows are written once and read in order: merging files into levels would write each row again and again,
     * for nothing. While files are merged, both old and new ones need room on the disk.
     */
    private static ColumnFamilyOptions appendedTo(ColumnFamilyOptions options) {
        return options.setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setLevel0FileNumCompactionTrigger(MERGE_LOG_FILES_AT)
                .setLevel0SlowdownWritesTrigger(4 * MERGE_LOG_FILES_AT)
                .setLevel0StopWritesTrigger(6 * MERGE_LOG_FILES_AT);
    }

    /**
     * For a table whose rows are written again and again, in no order: new files meet all of the old ones whenever they are merged,
     * so more of them are to come together first. A look-up passes them by their filters.
     */
    private static ColumnFamilyOptions overwritten(ColumnFamilyOptions options) {
        return options.setLevel0FileNumCompactionTrigger(MERGE_RECORD_FILES_AT)
                .setLevel0SlowdownWritesTrigger(4 * MERGE_RECORD_FILES_AT)
                .setLevel0StopWritesTrigger(6 * MERGE_RECORD_FILES_AT);
    }

    /**
     * Index and filter of a file are in the cache, so that memory stays bounded however many keys there are, and in parts of a
     * block's size: a whole filter of a large file would take most of a cache's shard, be pushed out by the next block, and be read
     * again, hundreds of kilobytes, for a lookup of one row.
     */
    private static BlockBasedTableConfig tableFormat(Cache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(METADATA_BLOCK_BYTES)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    private static ColumnFamilyOptions familyOptions(RocksStoreSettings settings, BlockBasedTableConfig format) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(settings.writeBufferBytes())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(format);
    }

    private static byte[] name(Table table) {
        return table.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    RocksDB db() {
        return db;
    }

    /** The head that the last recovered write carried; 0 where there is none. */
    long recoveredHead() throws RocksDBException {
        return Optional.ofNullable(db.get(ownFamily(), reads, HEAD_KEY.unsafeArray()))
                .map(value -> new ByteReader(value).i64())
                .orElse(0L);
    }

    Optional<Bytes> get(ReadOptions options, Table table, Bytes key) throws RocksDBException {
        return Optional.ofNullable(db.get(family(table), options, key.unsafeArray()))
                .map(Bytes::wrap);
    }

    List<Optional<Bytes>> getAll(ReadOptions options, Table table, List<Bytes> keys) throws RocksDBException {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<ColumnFamilyHandle> repeated = Collections.nCopies(keys.size(), family(table));
        List<byte[]> values = db.multiGetAsList(
                options, repeated, keys.stream().map(Bytes::unsafeArray).toList());
        return values.stream()
                .map(value -> Optional.ofNullable(value).map(Bytes::wrap))
                .toList();
    }

    /** What indexes and write buffers say of a range: nothing is read but them. */
    long approximateBytes(Table table, Bytes from, Bytes to) {
        if (from.compareTo(to) >= 0) {
            return 0;
        }
        try (Slice first = new Slice(from.unsafeArray());
                Slice last = new Slice(to.unsafeArray())) {
            long[] sizes = db.getApproximateSizes(
                    family(table),
                    List.of(new Range(first, last)),
                    SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES);
            return Math.max(0, sizes[0]);
        }
    }

    /** Where the store keeps what is its own. */
    ColumnFamilyHandle ownFamily() {
        return own;
    }

    ColumnFamilyHandle family(Table table) {
        return families.get(table);
    }

    /** Reads of what is committed now, with checksums verified. */
    ReadOptions reads() {
        return reads;
    }

    /** Writes at the configured durability. */
    WriteOptions writes() {
        return writes;
    }

    /** The head of a database that nobody has open; leaves its files alone, but for notes about this look. */
    static long headIn(Path directory) throws RocksDBException {
        RocksDB.loadLibrary();
        RocksStoreSettings settings = RocksStoreSettings.of(Durability.OS);
        try (Natives natives = new Natives()) {
            DBOptions options = natives.own(databaseOptions(settings).setCreateIfMissing(false));
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = natives.own(
                    RocksDB.openReadOnly(options, directory.toString(), families(settings, natives), handles));
            handles.forEach(natives::own);
            return new RocksDatabase(natives, db, handles, Durability.OS).recoveredHead();
        }
    }

    /** Copies the database as it is at one moment; what is only in memory is written to a file first. */
    void checkpoint(Path target) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        }
    }

    /** Brings everything committed so far to the device, whatever the durability. */
    void persist(Durability durability) throws RocksDBException {
        if (durability == Durability.MEMORY) {
            try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
                List<ColumnFamilyHandle> all = new ArrayList<>(families.all());
                all.add(own);
                db.flush(waiting, all);
            }
        } else {
            db.syncWal();
        }
    }

    @Override
    public void close() {
        natives.close();
    }
}
