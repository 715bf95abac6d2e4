package io.entente.core.directories;

/** What happens to a directory. */
enum Damage {
    /** Its process ends at some moment, in good order or not. */
    ENDED,
    /** It is lost. */
    WIPED,
    /** Its store is an older copy, beside a high-water record that is not. */
    OLDER_STORE,
    /** All of it is an older copy, and its node is started as restored. */
    OLDER_DIRECTORY,
    /** It is a backup that was made while the node went on. */
    BACKUP,
    /** The write-ahead log is gone. */
    LOG_DELETED,
    /** The write-ahead log ends early. */
    LOG_TRUNCATED,
    /** One bit of the write-ahead log is changed. */
    BIT_IN_LOG,
    /** One bit of a table's file is changed. */
    BIT_IN_TABLE,
    /** One bit of RocksDB's manifest is changed. */
    BIT_IN_MANIFEST,
    /** One bit of the high-water record is changed. */
    BIT_IN_HIGH_WATER,
    /** One bit of a file is changed while a snapshot is staged. */
    BIT_IN_STAGING,
    /** Chunks of a snapshot arrive with one bit changed. */
    BIT_IN_CHUNK,
    /** It is another node's. */
    OF_ANOTHER_NODE,
    /** It is of another cluster. */
    OF_ANOTHER_CLUSTER,
    /** It is of another format. */
    OF_ANOTHER_FORMAT,
    /** It is opened a second time. */
    OPENED_TWICE
}
