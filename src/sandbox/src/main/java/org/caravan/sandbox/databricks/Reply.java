package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer to a request, and how it is sent. */
record Reply(int status, String type, byte[] body, Delivery delivery) {
    /** How much of an answer reaches the client. */
    enum Delivery {
        WHOLE,
        /** Half of it, then the connection closes. */
        TRUNCATED,
        /** Nothing: the connection closes. */
        LOST
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply json(ObjectNode body) {
        return json(200, body);
    }

    static Reply json(int status, ObjectNode body) {
        try {
            return new Reply(status, "application/json", JSON.writeValueAsBytes(body), Delivery.WHOLE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written as JSON", e);
        }
    }

    static Reply bytes(int status, String type, byte[] body) {
        return new Reply(status, type, body, Delivery.WHOLE);
    }

    /** An answer that says nothing but that all went well. */
    static Reply empty() {
        return json(JsonNodeFactory.instance.objectNode());
    }

    /** An error in the REST API's form; where Databricks sends the status as error_code, it is a number. */
    static Reply error(ApiError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (error.code().matches("[0-9]+")) {
            body.put("error_code", Integer.parseInt(error.code()));
        } else {
            body.put("error_code", error.code());
        }
        return json(error.status(), body.put("message", error.getMessage()));
    }

    Reply sending(Delivery other) {
        return new Reply(status, type, body, other);
    }
}
