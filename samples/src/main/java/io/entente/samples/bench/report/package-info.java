/**
 * What benchmarks hand in and what becomes of it: figures over several runs, as a table, JSON and a chart.
 *
 * <ul>
 *   <li><b>figure</b>: what is measured, once a run.
 *   <li><b>series</b>: the values of one figure, one a run; told as their median with least and greatest.
 *   <li><b>bound</b>: what a figure's median is meant to keep to.
 *   <li><b>report</b>: the series of one benchmark, with a sentence on how they were measured.
 * </ul>
 *
 * <p>May touch: Jackson, the JDK.
 */
@NullMarked
package io.entente.samples.bench.report;

import org.jspecify.annotations.NullMarked;
