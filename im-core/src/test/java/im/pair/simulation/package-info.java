/**
 * The router under chance, exactly repeatable: one seed drives users, connections, the store and
 * the clocks, and a checker that shares no code with the router holds every session to what was
 * promised. Reading order: {@code Simulation}, {@code Plan}, {@code World}, {@code Schedule} with
 * {@code Device} and {@code Host}, {@code Ending}; what is simulated: {@code SimulatedStore} with
 * {@code Operation} and {@code Durable}, {@code Link}; what is checked: {@code Witness} with {@code
 * Line} and {@code Ledger}, {@code Published}, {@code Allowance}, and {@code Model} with {@code
 * ModelLog} and {@code ModelEntry}; {@code Dice}, {@code Trace} and {@code Words} serve all. That
 * it notices mistakes is tried with {@code Mutation} and {@code MutatedCore}.
 */
@NullMarked
package im.pair.simulation;

import org.jspecify.annotations.NullMarked;
