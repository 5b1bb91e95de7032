package com.example.nations;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/** Carries the nations to Redshift once, and ends. */
public final class NationsApplication {
    private NationsApplication() {}

    public static void main(String... arguments) throws Exception {
        Main main = new Main();
        main.configure().addConfiguration(Connections.class);
        try {
            main.start();
            try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
                template.sendBody("direct:nations", "");
            }
        } finally {
            main.stop();
        }
    }
}
