#!/bin/sh
# Loads TPC-H's lineitem by the product and shows that its digest is the same in Java, in the Redshift stand-in and in Spark SQL.
#
#   src/test/scripts/lineitem-digest.sh [SCALE [DIRECTORY]]
#
# SCALE is 1 unless given, 6,001,215 rows; the sandbox lives in DIRECTORY and is stopped at the end. Prints the run's report, its seconds
# and the digests; ends with 1 if they differ. Not part of mvn verify: at scale 1 it takes minutes.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
scale=${1:-1}
directory=${2:-$home/target/lineitem-digest}
settings=$directory/digest.properties
report=$directory/report.json

# field NAME: the last text of that name in the JSON on standard input.
field() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | tail -n 1
}

cd "$home"
trap './caravan sandbox down --dir "$directory" >&2' EXIT
config=$(./caravan sandbox up --json --scale "$scale" --dir "$directory" | field config)
grep -v '^verify\.digest=' "$config" > "$settings"
echo 'verify.digest=both' >> "$settings"

start=$(date +%s)
./caravan run lineitem --json --config "$settings" > "$report"
echo "seconds: $(($(date +%s) - start))"
cat "$report"

files=$(field files < "$report")
redshift=$(field redshift < "$report")
databricks=$(field databricks < "$report")
printf 'Java       %s\nRedshift   %s\nDatabricks %s\n' "$files" "$redshift" "$databricks"
if [ -z "$files" ] || [ "$files" != "$redshift" ] || [ "$files" != "$databricks" ]; then
  echo "The digests differ." >&2
  exit 1
fi
echo "The digests are equal."
