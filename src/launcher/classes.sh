#!/bin/sh
# Writes classes.list beside this script: the classes that the shipped pipelines load, of which the launcher makes its archive.
# Needs a sandbox (./caravan sandbox up). A class that is not listed, or no longer exists, costs a moment at start and nothing else.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
home=$(CDPATH='' cd -- "$here/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for pipeline in customers lineitem orders profile; do
  CARAVAN_OPTS="-Xshare:auto -XX:SharedArchiveFile=$work/none -XX:DumpLoadedClassList=$work/$pipeline.list" \
    "$home/caravan" run "$pipeline" >&2
done

# Jars with several versions of a class: a JVM before 21 crashes if an agent or a flight recording looks at such a class of an archive.
for jar in "$home"/target/lib/*.jar; do
  "${JAVA_HOME:+$JAVA_HOME/bin/}jar" tf "$jar"
done | sed -n 's|^META-INF/versions/[0-9]*/\(.*\)\.class$|\1|p' | LC_ALL=C sort -u >"$work/versions"

# Signed jars (Redshift's driver) and classes made at run time cannot be archived.
cat "$work"/*.list | sed 's/ id: [0-9]*$//' |
  grep -v -e '^#' -e 'source:' -e '\$Proxy[0-9]' -e '\$\$' -e 'com/amazon/redshift' |
  LC_ALL=C sort -u >"$work/all"
{
  echo '# Written by classes.sh: the classes that the shipped pipelines load.'
  awk 'NR == FNR { versions[$1]; next } { name = $1 == "@lambda-proxy" ? $2 : $1 } !(name in versions)' "$work/versions" "$work/all"
} >"$here/classes.list"
wc -l "$here/classes.list" >&2
