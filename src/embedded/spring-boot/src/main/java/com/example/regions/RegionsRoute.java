package com.example.regions;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The pipeline. */
@Component
class RegionsRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:regions")
                .routeId("regions")
                .to("kamelet:caravan-extract?pipeline=regions&dataSource=shop&format=csv"
                        + "&sql=select r_regionkey, r_name, r_comment from region order by r_regionkey")
                .to("kamelet:caravan-load?mode=swap")
                .to("kamelet:caravan-verify");
    }
}
