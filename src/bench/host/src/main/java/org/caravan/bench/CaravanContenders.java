package org.caravan.bench;

import java.util.List;

/** Caravan, by its own launcher at its own heap, with the digest of all values, which is always on. */
final class CaravanContenders {
    private CaravanContenders() {}

    static List<Contender> all() {
        return List.of(
                lineitem("caravan-s3", "Caravan: Parquet snappy to S3", CaravanRun.Route.S3, "parquet", 1),
                lineitem("caravan-s3-2", "Caravan: the same, 2 connections", CaravanRun.Route.S3, "parquet", 2),
                lineitem("caravan", "Caravan: Parquet snappy to files", CaravanRun.Route.FILES, "parquet", 1),
                lineitem("caravan-2", "Caravan: the same, 2 connections", CaravanRun.Route.FILES, "parquet", 2),
                lineitem("caravan-avro", "Caravan: Avro snappy to files", CaravanRun.Route.FILES, "avro", 1),
                lineitem("caravan-csv", "Caravan: CSV zstd to files", CaravanRun.Route.FILES, "csvZstd", 1),
                lineitem("caravan-json", "Caravan: JSON lines zstd to files", CaravanRun.Route.FILES, "jsonZstd", 1),
                new Contender(
                        "caravan-profile",
                        "Caravan: Parquet zstd to files",
                        CaravanRun.HEAP,
                        Source.PROFILE,
                        Contender.Role.WRITER,
                        new CaravanRun(CaravanRun.Route.FILES, "parquetZstd", 1)));
    }

    private static Contender lineitem(String id, String title, CaravanRun.Route route, String format, int partitions) {
        return new Contender(
                id,
                title,
                CaravanRun.HEAP,
                Source.LINEITEM,
                Contender.Role.WRITER,
                new CaravanRun(route, format, partitions));
    }
}
