/**
 * The scripts beside the demo as stories to be played in it.
 *
 * <ul>
 *   <li><b>story</b>: a script whose comments explain what its commands show; it ends in expectations, and is a test too.
 *   <li><b>terms</b>: what a story needs of the demo it is played in, beside the maps that every demo has for stories.
 * </ul>
 */
@NullMarked
package io.entente.samples.demo.story;

import org.jspecify.annotations.NullMarked;
