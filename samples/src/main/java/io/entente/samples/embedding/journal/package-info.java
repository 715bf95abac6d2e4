/**
 * A store of an application's own: memory, and a file from which memory is filled again.
 *
 * <ul>
 *   <li><b>journal</b>: the file; a list of records, each a batch with the number of its commit.
 *   <li><b>base</b>: a record that holds the whole content instead of a batch; a journal may begin with one.
 *   <li><b>torn end</b>: the last record of a journal, when the process or the power ended while it was written.
 * </ul>
 *
 * <p>May touch: {@code core}'s stores and bytes, files.
 */
@NullMarked
package io.entente.samples.embedding.journal;

import org.jspecify.annotations.NullMarked;
