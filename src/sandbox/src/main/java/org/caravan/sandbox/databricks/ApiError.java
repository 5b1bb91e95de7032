package org.caravan.sandbox.databricks;

/**
 * A request that the API refuses with an HTTP status, in the shape of the Databricks REST API
 * ({@code {"error_code":"…","message":"…"}}).
 */
final class ApiError extends RuntimeException {
    private final int status;
    private final String code;

    ApiError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "INVALID_PARAMETER_VALUE", message);
    }

    static ApiError notFound(String message) {
        return new ApiError(404, "RESOURCE_DOES_NOT_EXIST", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
