/**
 * Replicated maps as applications see them: values with a type, resolved, with the context to write back.
 *
 * <ul>
 *   <li><b>codec</b>: between an application's values and bytes of a content type.
 *   <li><b>stored value</b>: a content type and bytes; what replication carries in its <b>envelope</b>.
 *   <li><b>definition</b>: a map's name, how its values are seen by its resolver, and that resolver.
 *   <li><b>catalog</b>: the definitions, from code where it registers a map, else from configuration, else the default.
 *   <li><b>resolved</b>: what a resolver makes of the siblings of a key: a value, nothing, or several versions.
 *   <li><b>mergeable</b>: a value that merges by itself: it is operated on, not put, and read from its parts.
 *   <li><b>unresolved</b>: a resolver failed, or a value could not be read: readers get a fallback marked as such.
 *   <li><b>session</b>: the vectors, by partition, that a client's reads must have reached.
 *   <li><b>outrun</b>: another write came between a read and the write that rests on it.
 * </ul>
 *
 * <p>The resolved value is derived at every read and never replicated. May touch: {@code cluster.routing},
 * {@code cluster.resolve} and {@code cluster.settings}, {@code io.entente.core}'s values and codecs, {@code io.entente.conflict}, Jackson and SLF4J's API;
 * no Akka.
 */
@NullMarked
package io.entente.cluster.map;

import org.jspecify.annotations.NullMarked;
