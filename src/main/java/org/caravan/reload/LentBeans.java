package org.caravan.reload;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;

/**
 * The beans of a Camel that works, for one that is thrown away: all by name, by type those that are no part of Camel, since these
 * belong to their own Camel and would be started and stopped by the other.
 */
final class LentBeans implements BeanRepository {
    private final Registry lender;

    LentBeans(Registry lender) {
        this.lender = lender;
    }

    private static boolean isLent(Object bean) {
        return !(bean instanceof Component) && !(bean instanceof PropertiesComponent);
    }

    private static boolean isLentByType(Class<?> type) {
        return !type.getName().startsWith("org.apache.camel.");
    }

    @Override
    public Object lookupByName(String name) {
        Object bean = lender.lookupByName(name);
        return isLent(bean) ? bean : null;
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        T bean = lender.lookupByNameAndType(name, type);
        return isLent(bean) ? bean : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return !isLentByType(type)
                ? Map.of()
                : lender.findByTypeWithName(type).entrySet().stream()
                        .filter(entry -> isLent(entry.getValue()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return !isLentByType(type)
                ? Set.of()
                : lender.findByType(type).stream().filter(LentBeans::isLent).collect(Collectors.toSet());
    }
}
