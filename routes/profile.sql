-- Awkward names, types and values on purpose. Seven kinds of columns cannot be carried yet and are left out:
--   exact_ratio     numeric without a precision: how many digits it has must be said
--   preferred_time  time
--   retention       interval
--   preferences, attributes  json and jsonb
--   tags, monthly_visits     arrays
--   avatar          bytea
--   last_ip         inet
SELECT customer_id,
       customer_uuid,
       full_name,
       nickname,
       email,
       short_code,
       country_code,
       region_code,
       biography,
       "select",
       "user",
       "MixedCase",
       "home town",
       "naïve%",
       always_null,
       "order",
       age_years,
       visit_count,
       total_cents,
       credit_limit,
       lifetime_value,
       loyalty_points,
       discount_rate,
       score_real,
       score_double,
       birth_date,
       registered_at,
       last_seen_at,
       is_active,
       tier
FROM customer_profile
