package org.caravan.sandbox.source;

import io.trino.tpch.Customer;
import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.GenerateUtils;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Nation;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.Part;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.PartSupplier;
import io.trino.tpch.PartSupplierGenerator;
import io.trino.tpch.Region;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.Supplier;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import java.util.List;

/**
 * The eight tables of TPC-H (https://www.tpc.org/tpch/, section 1.4 of the specification), from the public generator
 * {@code io.trino.tpch}, which yields the rows of the TPC's own {@code dbgen}.
 *
 * <p>One deviation: comments are cut from the first {@value #TEXT_POOL_BYTES} bytes of dbgen's 300 MB pool of text, because
 * building the whole pool takes longer than everything else and does not fit the heap. All other columns are dbgen's.
 */
final class TpchTables {
    private static final int TEXT_POOL_BYTES = 8 << 20;

    private final double scale;
    private final Distributions words = Distributions.getDefaultDistributions();
    private final TextPool text = new TextPool(TEXT_POOL_BYTES, words);

    TpchTables(double scale) {
        this.scale = scale;
    }

    /** The tables, the largest first, so that parallel loading ends evenly. */
    List<SourceTable> tables() {
        return List.of(lineitem(), orders(), partsupp(), part(), customer(), supplier(), nation(), region());
    }

    private SourceTable lineitem() {
        String columns =
                """
                l_orderkey bigint not null, l_partkey bigint not null, l_suppkey bigint not null, l_linenumber integer not null,
                l_quantity numeric(12,2) not null, l_extendedprice numeric(15,2) not null, l_discount numeric(12,2) not null,
                l_tax numeric(12,2) not null, l_returnflag char(1) not null, l_linestatus char(1) not null,
                l_shipdate date not null, l_commitdate date not null, l_receiptdate date not null,
                l_shipinstruct char(25) not null, l_shipmode char(10) not null, l_comment varchar(44) not null""";
        return new SourceTable("lineitem", columns, "l_orderkey, l_linenumber", 4, (out, part, parts) -> {
            for (LineItem row : new LineItemGenerator(scale, part, parts, words, text)) {
                out.number(row.getOrderKey()).number(row.getPartKey()).number(row.getSupplierKey());
                out.number(row.getLineNumber()).number(row.getQuantity()).hundredths(row.getExtendedPriceInCents());
                out.hundredths(row.getDiscountPercent()).hundredths(row.getTaxPercent());
                out.text(row.getReturnFlag()).text(row.getStatus()).text(date(row.getShipDate()));
                out.text(date(row.getCommitDate())).text(date(row.getReceiptDate()));
                out.text(row.getShipInstructions())
                        .text(row.getShipMode())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private SourceTable orders() {
        String columns =
                """
                o_orderkey bigint not null, o_custkey bigint not null, o_orderstatus char(1) not null,
                o_totalprice numeric(15,2) not null, o_orderdate date not null, o_orderpriority char(15) not null,
                o_clerk char(15) not null, o_shippriority integer not null, o_comment varchar(79) not null""";
        return new SourceTable("orders", columns, "o_orderkey", 1, (out, part, parts) -> {
            for (Order row : new OrderGenerator(scale, part, parts, words, text)) {
                out.number(row.getOrderKey()).number(row.getCustomerKey()).text(String.valueOf(row.getOrderStatus()));
                out.hundredths(row.getTotalPriceInCents())
                        .text(date(row.getOrderDate()))
                        .text(row.getOrderPriority());
                out.text(row.getClerk())
                        .number(row.getShipPriority())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private SourceTable partsupp() {
        String columns =
                """
                ps_partkey bigint not null, ps_suppkey bigint not null, ps_availqty integer not null,
                ps_supplycost numeric(15,2) not null, ps_comment varchar(199) not null""";
        return new SourceTable("partsupp", columns, "ps_partkey, ps_suppkey", 1, (out, part, parts) -> {
            for (PartSupplier row : new PartSupplierGenerator(scale, part, parts, text)) {
                out.number(row.getPartKey()).number(row.getSupplierKey()).number(row.getAvailableQuantity());
                out.hundredths(row.getSupplyCostInCents())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private SourceTable part() {
        String columns =
                """
                p_partkey bigint not null, p_name varchar(55) not null, p_mfgr char(25) not null, p_brand char(10) not null,
                p_type varchar(25) not null, p_size integer not null, p_container char(10) not null,
                p_retailprice numeric(15,2) not null, p_comment varchar(23) not null""";
        return new SourceTable("part", columns, "p_partkey", 1, (out, part, parts) -> {
            for (Part row : new PartGenerator(scale, part, parts, words, text)) {
                out.number(row.getPartKey())
                        .text(row.getName())
                        .text(row.getManufacturer())
                        .text(row.getBrand());
                out.text(row.getType()).number(row.getSize()).text(row.getContainer());
                out.hundredths(row.getRetailPriceInCents())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private SourceTable customer() {
        String columns =
                """
                c_custkey bigint not null, c_name varchar(25) not null, c_address varchar(40) not null,
                c_nationkey bigint not null, c_phone char(15) not null, c_acctbal numeric(15,2) not null,
                c_mktsegment char(10) not null, c_comment varchar(117) not null""";
        return new SourceTable("customer", columns, "c_custkey", 1, (out, part, parts) -> {
            for (Customer row : new CustomerGenerator(scale, part, parts, words, text)) {
                out.number(row.getCustomerKey())
                        .text(row.getName())
                        .text(row.getAddress())
                        .number(row.getNationKey());
                out.text(row.getPhone())
                        .hundredths(row.getAccountBalanceInCents())
                        .text(row.getMarketSegment());
                out.text(row.getComment()).endRow();
            }
        });
    }

    private SourceTable supplier() {
        String columns =
                """
                s_suppkey bigint not null, s_name char(25) not null, s_address varchar(40) not null,
                s_nationkey bigint not null, s_phone char(15) not null, s_acctbal numeric(15,2) not null,
                s_comment varchar(101) not null""";
        return new SourceTable("supplier", columns, "s_suppkey", 1, (out, part, parts) -> {
            for (Supplier row : new SupplierGenerator(scale, part, parts, words, text)) {
                out.number(row.getSupplierKey())
                        .text(row.getName())
                        .text(row.getAddress())
                        .number(row.getNationKey());
                out.text(row.getPhone())
                        .hundredths(row.getAccountBalanceInCents())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private SourceTable nation() {
        String columns =
                """
                n_nationkey bigint not null, n_name char(25) not null, n_regionkey bigint not null,
                n_comment varchar(152) not null""";
        return new SourceTable("nation", columns, "n_nationkey", 1, (out, part, parts) -> {
            for (Nation row : new NationGenerator(words, text)) {
                out.number(row.getNationKey())
                        .text(row.getName())
                        .number(row.getRegionKey())
                        .text(row.getComment());
                out.endRow();
            }
        });
    }

    private SourceTable region() {
        String columns = "r_regionkey bigint not null, r_name char(25) not null, r_comment varchar(152) not null";
        return new SourceTable("region", columns, "r_regionkey", 1, (out, part, parts) -> {
            for (Region row : new RegionGenerator(words, text)) {
                out.number(row.getRegionKey())
                        .text(row.getName())
                        .text(row.getComment())
                        .endRow();
            }
        });
    }

    private static String date(int epochDay) {
        return GenerateUtils.formatDate(epochDay);
    }
}
