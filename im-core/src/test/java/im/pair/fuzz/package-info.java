/**
 * Fuzzing of the two codecs. {@link im.pair.fuzz.V1Target} and {@link im.pair.fuzz.ClassicTarget}
 * take any bytes and throw if anything is wrong with what becomes of them; {@code CorpusTest} gives
 * them the kept corpus and mutations of it in every build, {@code JazzerTest} lets Jazzer search in
 * the soak. An input is a text, or choices for {@code Grammar}. What they judge by: {@code Oracle},
 * {@code StrictJson}, {@code V1Writer}, {@link im.pair.fuzz.Allocation}.
 */
@NullMarked
package im.pair.fuzz;

import org.jspecify.annotations.NullMarked;
