package org.caravan.format;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/**
 * Sets the options that a {@code dataformat:} endpoint names. Camel finds it by the data format's name, in place of the one that
 * {@code camel-avro} or {@code camel-csv} brings for its own class of that name. Stateless.
 */
public final class OptionsConfigurer extends PropertyConfigurerSupport implements PropertyConfigurer {
    @Override
    public boolean configure(CamelContext camelContext, Object target, String name, Object value, boolean ignoreCase) {
        for (Method method : target.getClass().getMethods()) {
            // The first letter of a property is small and that of its setter is not.
            boolean named = ignoreCase
                    ? method.getName().equalsIgnoreCase("set" + name)
                    : method.getName()
                            .equals("set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
            if (named && method.getParameterCount() == 1) {
                set(method, target, property(camelContext, method.getParameterTypes()[0], value));
                return true;
            }
        }
        return false;
    }

    private static void set(Method setter, Object target, Object value) {
        try {
            setter.invoke(target, value);
        } catch (InvocationTargetException e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
