/**
 * Checkers of histories: whether what clients were told keeps what they were promised. They know values, times and answers, and nothing of the
 * replica, so the same ones judge simulated histories and those of real processes.
 *
 * <ul>
 *   <li><b>history</b>: what clients asked and were told, and when.
 *   <li><b>unknown</b>: the outcome of a write that got no answer, or one that leaves it open: it may take effect at any time from then on, or never.
 *   <li><b>linearizable</b>: each call takes effect at one moment between its beginning and its end.
 *   <li><b>regular</b>: a read shows every write that was acknowledged before it began, or what replaced it.
 *   <li><b>stands for</b>: a value stands for those that its writer had been shown and asked to replace.
 * </ul>
 *
 * May touch {@code io.entente.core.record} for keys, and nothing else.
 */
@NullMarked
package io.entente.core.history;

import org.jspecify.annotations.NullMarked;
