package com.example.regions;

import org.apache.camel.ProducerTemplate;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Carries the regions to Redshift once, and ends. */
@SpringBootApplication(proxyBeanMethods = false)
public class RegionsApplication {
    public static void main(String... arguments) {
        SpringApplication.run(RegionsApplication.class, arguments).close();
    }

    @Bean
    ApplicationRunner once(ProducerTemplate template) {
        return arguments -> template.sendBody("direct:regions", "");
    }
}
