package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Who owns what, and which privileges were granted on what. A privilege on a catalog or schema holds for what is in it
 * (docs.databricks.com/aws/data-governance/unity-catalog/manage-privileges, "Privilege inheritance"). Thread-safe.
 */
final class Grants {
    /** The group that every principal of the account is in. */
    static final String EVERYONE = "account users";

    record Granted(String principal, Privilege privilege, Securable on) {}

    private final Map<Securable, String> owners = new HashMap<>();
    private final Set<Granted> granted = new LinkedHashSet<>();

    synchronized void own(Securable object, String principal) {
        owners.put(object, principal);
    }

    /** @throws java.util.NoSuchElementException when the object was never owned */
    synchronized String owner(Securable object) {
        return java.util.Optional.ofNullable(owners.get(object)).orElseThrow();
    }

    synchronized void grant(String principal, Privilege privilege, Securable on) {
        granted.add(new Granted(principal, privilege, on));
    }

    synchronized void revoke(String principal, Privilege privilege, Securable on) {
        granted.remove(new Granted(principal, privilege, on));
    }

    /** Forgets the owner of an object and the privileges on it and on what is in it. */
    synchronized void forget(Securable object) {
        owners.remove(object);
        granted.removeIf(grant -> grant.on().chain().contains(object));
    }

    /** Gives an object another name and keeps its owner and privileges. */
    synchronized void rename(Securable from, Securable to) {
        UnaryOperator<Securable> renamed = object -> object.equals(from) ? to : object;
        owners.put(to, owners.remove(from));
        List<Granted> kept = new ArrayList<>(granted);
        granted.clear();
        kept.forEach(
                grant -> granted.add(new Granted(grant.principal(), grant.privilege(), renamed.apply(grant.on()))));
    }

    /** What was granted on the object and on those that it inherits from, the object's own first. */
    synchronized List<Granted> affecting(Securable object) {
        return object.chain().stream()
                .flatMap(link -> granted.stream().filter(grant -> grant.on().equals(link)))
                .toList();
    }

    /** What was granted on the object or on anything in it. */
    synchronized List<Granted> within(Securable object) {
        return granted.stream()
                .filter(grant -> grant.on().chain().contains(object))
                .toList();
    }

    /** Whether the principal owns the object or one that it inherits from. */
    synchronized boolean owns(Principal principal, Securable object) {
        return object.chain().stream()
                .anyMatch(link -> principal.name().equals(owners.get(link))
                        || link.kind() == Securable.Kind.METASTORE && principal.isAdmin());
    }

    /** Whether the principal has the privilege on the object: by a grant or as an owner, there or above. */
    synchronized boolean has(Principal principal, Privilege privilege, Securable object) {
        return owns(principal, object)
                || affecting(object).stream()
                        .anyMatch(grant ->
                                concerns(grant, principal) && grant.privilege().covers(privilege));
    }

    static boolean concerns(Granted grant, Principal principal) {
        return grant.principal().equals(principal.name()) || grant.principal().equals(EVERYONE);
    }
}
