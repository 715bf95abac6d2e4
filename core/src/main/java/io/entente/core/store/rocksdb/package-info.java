/**
 * The embedded store: RocksDB, one column family a table, one atomic write a commit.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>native
 *   <dd>an object of RocksDB outside the Java heap, to be closed once, in order, and never touched afterwards
 *   <dt>column family
 *   <dd>a key space of a RocksDB database; one for each table, and the default one for what the store itself keeps
 *   <dt>head
 *   <dd>the number of batches ever committed, written in the same atomic write as each of them
 *   <dt>write-ahead log
 *   <dd>the file a commit is appended to, and recovered from after a crash
 * </dl>
 *
 * <p>RocksDB drops synced writes without a word when its log is cut, missing or damaged in the wrong place. So a
 * recovered head means nothing by itself: {@code store.directory} compares it with a record kept beside the database.
 *
 * <p>Touches {@code core.bytes}, {@code core.store} and the files under the directory it is given.
 */
@NullMarked
package io.entente.core.store.rocksdb;

import org.jspecify.annotations.NullMarked;
