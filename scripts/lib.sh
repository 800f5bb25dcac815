# Shared by the scripts beside it; sourced, never run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=${CONFIGURATION:-Release}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

need_dotnet() {
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: see https://dotnet.microsoft.com/download/dotnet/10.0" >&2; exit 3; }
}

# run_program PROJECT_FOLDER ASSEMBLY ARGS…: builds the program when a source is newer than its last build, then becomes it.
run_program() {
  local project=$root/$1 assembly=$2
  shift 2
  local program=$project/bin/$configuration/net10.0/$assembly stamp=$project/bin/$configuration/.built
  if [ ! -x "$program" ] || [ ! -f "$stamp" ] || newer_source "$stamp"; then
    need_dotnet
    mkdir -p "$(dirname "$stamp")"
    echo "Building $assembly …" >&2
    local log
    log=$(mktemp)
    touch "$stamp.new"
    if ! dotnet build "$project" -c "$configuration" -v quiet >"$log" 2>&1; then
      cat "$log" >&2
      rm -f "$log"
      exit 1
    fi
    rm -f "$log"
    mv "$stamp.new" "$stamp"
  fi
  exec "$program" "$@"
}

newer_source() {
  [ -n "$(find "$root/agent" "$root/provider" "$root/simulator" "$root"/Directory.* \
    \( -name bin -o -name obj -o -name '*.Tests' \) -prune -o \
    -type f \( -name '*.cs' -o -name '*.proto' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' \) -newer "$1" -print -quit)" ]
}

# count_tests FOLDER COUNTER: the sum of a counter (total, executed, passed) over the result files of a folder.
count_tests() {
  { cat "$1"/*.trx 2>/dev/null || true; } | { grep -o '<Counters [^>]*' || true; } | { grep -o " $2=\"[0-9]*\"" || true; } | { grep -o '[0-9]*' || true; } | awk '{ sum += $1 } END { print sum + 0 }'
}

# summarize FOLDER STATUS [PASSED FAILED]: names the skipped tests of the result files, prints the line "N passed, N failed" (with what
# passed and failed beside them added) and ends with STATUS, or 1 when anything failed or nothing ran.
summarize() {
  local results=$1 status=$2 total executed passed failed skipped
  total=$(count_tests "$results" total) executed=$(count_tests "$results" executed) passed=$(count_tests "$results" passed)
  failed=$((executed - passed + ${4:-0})) skipped=$((total - executed)) passed=$((passed + ${3:-0}))
  { grep -ho 'testName="[^"]*"[^>]*outcome="NotExecuted"' "$results"/*.trx 2>/dev/null || true; } | sed 's/testName="\([^"]*\)".*/skipped: \1/'
  [ "$passed" -gt 0 ] || status=1
  [ "$failed" -eq 0 ] || status=1
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; echo "A test run ended without saying which test failed."; fi
  [ "$skipped" -eq 0 ] || echo "$skipped skipped"
  echo "$passed passed, $failed failed"
  exit "$status"
}
