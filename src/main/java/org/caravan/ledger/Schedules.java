package org.caravan.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ledger keeps of schedules, for all nodes that share it: which time was taken by whom, which pipeline is paused, and which node
 * serves which. Thread-safe. All of it throws {@link CaravanException} if the ledger cannot be used.
 */
public interface Schedules {
    /** Whether a time is asked for as Quartz fires it, or because the node that had it is gone. */
    enum Attempt {
        FIRST,
        AGAIN
    }

    /** What became of asking for a time. */
    sealed interface Claim {}

    /**
     * The pipeline is to run now.
     *
     * @param interrupted the run that a node began for this time and did not end
     */
    record Granted(Optional<RunId> interrupted) implements Claim {}

    /** The pipeline is not to run for this time. */
    record Over(String why) implements Claim {}

    /** Another run of the pipeline may still be under way: ask again after that long. */
    record Busy(Duration left) implements Claim {}

    /** Takes a time, once in all nodes; one of a paused pipeline is over at once. */
    Claim take(Fire fire, Attempt attempt);

    /** Notes what came of a time that was taken here. */
    void end(Fire fire, Optional<RunId> run, Optional<Failure> failure);

    /**
     * The time that was taken last, if its run was begun and is not known to have ended: to be asked for again by a service whose
     * Quartz does not remember it.
     */
    Optional<Fire> unfinished(String pipeline);

    /**
     * Notes the timetable that is in force.
     *
     * @return behind which time a time that is past was missed
     */
    Instant since(String pipeline, String timetable);

    /** Lets no run of a pipeline begin by its schedule any more; says whether one could before. */
    boolean pause(String pipeline, String reason);

    /** Lets a pipeline run by its schedule again; says whether it was paused. */
    boolean unpause(String pipeline);

    /** The pipelines that are paused. */
    Map<String, Pause> pauses();

    /** Notes that a pipeline follows others: runs of theirs that are over by now are not followed. */
    void follow(String pipeline, Set<String> others);

    /** The time to take for a pipeline that follows others, once each has ended well anew. */
    Optional<Fire> next(String pipeline, Set<String> others);

    /** Notes that a node is up, and for which pipelines it has a route. */
    void serve(String node, Set<String> pipelines);

    /** Notes that a node goes down. */
    void leave(String node);

    /** The pipelines for which a node has a route that was heard of lately. */
    Set<String> served(Duration lately);
}
