#!/usr/bin/env bash
# Measures whole servers and compares them with the goals; docs/benchmarks.md tells what and why.
# usage: run.sh [reports] [echo-loop] [echo-threads] [websocket] [idle] [links] [commands] [threads]
#               [authority] [store-local] [store-memory] [ready]      (none named: all)
# Exit status: 0 every goal was met, 1 one was missed, 2 something could not be measured.

set -u -o pipefail
export LC_ALL=C

STORE_PAIRS=${STORE_PAIRS:-${PAIRS:-10}} # pairs in store-local: the disk is less even than the processor
PAIRS=${PAIRS:-3}                # pairs A B per figure, or rounds of threads; the median of their ratios counts
SECONDS_EACH=${SECONDS_EACH:-4}  # seconds measured per run of wireload, and per number of threads
IDLE_CLIENTS=${IDLE_CLIENTS:-10000}
LINKS=${LINKS:-2000}
LINKS_SECONDS=${LINKS_SECONDS:-20}
COMMANDS=${COMMANDS:-50}         # commands of each kind that count
AUTHORITY_ROUNDS=${AUTHORITY_ROUNDS:-3}
AUTHORITY_PAUSE=${AUTHORITY_PAUSE:-8}
AUTHORITY_LOAD=${AUTHORITY_LOAD:-20}
AUTHORITY_EVENTS=${AUTHORITY_EVENTS:-} # some of them, separated by spaces; empty: all
NODE_COMMAND=${NODE_COMMAND:-}   # the node to measure, without "run"; empty: the one of this source, built in Release
NODE_SETTINGS=${NODE_SETTINGS:-} # more "key=value" for the node, separated by spaces

readonly CONNECTIONS=64
readonly READY_TRIES=5
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
benchmarks="$here/bin/Release/net10.0/ClusterActors.Benchmarks.dll"
work=$(mktemp -d "${TMPDIR:-/tmp}/clusteractors-bench.XXXXXX")

declare -a running=() table=()
declare -a node=()
missed=0 broken=0 last_port=$((20000 + RANDOM % 8000))
server_pid=0 line=''

say() { printf '%s\n' "$*" >&2; }

source "$here/processes.sh"
source "$here/authority.sh"
source "$here/store.sh"

# ------------------------------------------------------------ figures

value() { # KEY LINE : the value of key=value
  local pair
  for pair in $2; do
    [[ ${pair%%=*} == "$1" ]] && { printf '%s' "${pair#*=}"; return; }
  done
}

median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

at_most() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a <= b) }'; }

verdict() { # FIGURE LIMIT ERRORS : prints met, missed or errors
  if [[ $3 != 0 ]]; then printf 'errors'; elif at_most "$1" "$2"; then printf 'met'; else printf 'missed'; fi
}

record() { # SCENARIO DETAIL RESULT GOAL VERDICT
  table+=("$1|$2|$3|$4|$5")
  case $5 in
    met) ;;
    missed) missed=1 ;;
    *) broken=1 ;;
  esac
  say "  $1: $2: $3, goal $4: $5"
}

load() { # NAME OPTION... : sets line to what wireload printed
  local name=$1
  shift
  line=$("$work/wireload" --label "$name" "$@")
  [[ -n $line ]] || { say "wireload printed nothing for $name"; return 1; }
}

compare() { # SCENARIO LIMIT A_NAME A_PORT A_PID B_NAME B_PORT B_PID DEPTH OPTION... : A B A B, ratio B/A
  local scenario=$1 limit=$2 a=$3 a_port=$4 a_pid=$5 b=$6 b_port=$7 b_pid=$8 depth=$9 pair a_us b_us errors=0
  local -a ratios=() shown=()
  shift 9
  local -a common=(-c "$CONNECTIONS" -d "$depth" -m 1 "$@")

  # A first run of each that does not count: the just-in-time compiler settles.
  load "$a" -p "$a_port" -w 0 -t 2 --pid "$a_pid" "${common[@]}" && load "$b" -p "$b_port" -w 0 -t 4 --pid "$b_pid" "${common[@]}" || return 1
  for ((pair = 1; pair <= PAIRS; pair++)); do
    load "$a" -p "$a_port" -t "$SECONDS_EACH" --pid "$a_pid" "${common[@]}" || return 1
    a_us=$(value srv_cpu_us_each "$line")
    errors=$((errors + $(value errors "$line")))
    load "$b" -p "$b_port" -t "$SECONDS_EACH" --pid "$b_pid" "${common[@]}" || return 1
    b_us=$(value srv_cpu_us_each "$line")
    errors=$((errors + $(value errors "$line")))
    at_most "$a_us" 0 && { say "$a used no CPU that could be measured"; return 1; }
    ratios+=("$(awk -v a="$a_us" -v b="$b_us" 'BEGIN { printf "%.3f", b / a }')")
    shown+=("$(printf '%.2f/%.2f' "$b_us" "$a_us")")
    say "  $scenario depth $depth, pair $pair: $a $a_us us, $b $b_us us, ratio ${ratios[-1]}"
  done
  local ratio
  ratio=$(median "${ratios[@]}")
  record "$scenario" "depth $depth, $b/$a us: ${shown[*]}" "$(printf '%.2fx' "$ratio")" "<= ${limit}x" "$(verdict "$ratio" "$limit" "$errors")"
}

# ------------------------------------------------------------ scenarios

against_refserver() { # SCENARIO LIMIT PORT=business|cluster PAYLOAD SETTING...
  local scenario=$1 limit=$2 where=$3 payload=$4 ref_port ref_pid node_port depth
  shift 4
  start_refserver || return 1
  ref_port=$last_port ref_pid=$server_pid
  start_node "$where" "$@" || return 1
  node_port=$business_port
  [[ $where == cluster ]] && node_port=$cluster_port
  for depth in 1 32; do
    compare "$scenario" "$limit" refserver "$ref_port" "$ref_pid" node "$node_port" "$server_pid" "$depth" -P "$payload" || return 1
  done
}

reports() { against_refserver reports 2.5 cluster report worker.handler=echo; }

echo_loop() { against_refserver echo-loop 2.5 business 100 worker.handler=echo; }

echo_threads() { against_refserver echo-threads 3.0 business 100 worker.handler=echo worker.execution=threads; }

websocket() {
  local kestrel_port kestrel_pid depth
  start_kestrel || return 1
  kestrel_port=$last_port kestrel_pid=$server_pid
  start_node business worker.handler=echo || return 1
  for depth in 1 32; do
    compare websocket 0.5 kestrel "$kestrel_port" "$kestrel_pid" node "$business_port" "$server_pid" "$depth" -P 100 --ws || return 1
  done
}

idle() {
  local limit=12288 opened alive bytes errors
  if (($(ulimit -Hn) < IDLE_CLIENTS + 500)); then
    say "idle: $IDLE_CLIENTS clients need as many file descriptors, the hard limit is $(ulimit -Hn)"
    return 1
  fi
  start_node business worker.handler=echo "worker.maxClientCount=$((IDLE_CLIENTS + 100))" || return 1

  # Code is compiled and pools are filled first: the figure is what one more client takes.
  load node -p "$business_port" -c "$CONNECTIONS" -d 32 -P 100 -w 0 -t 3 || return 1
  load node -p "$business_port" -c "$IDLE_CLIENTS" -P 100 -t "$SECONDS_EACH" --idle --pid "$server_pid" || return 1
  opened=$(value opened "$line") alive=$(value alive "$line") bytes=$(value rss_per_conn_b "$line") errors=$(value errors "$line")
  [[ $opened == "$IDLE_CLIENTS" && $alive == "$IDLE_CLIENTS" ]] || errors=$((errors + 1))
  record idle "$opened clients held, $alive still answer, CPU $(value idle_cpu_pct "$line") %" "$bytes B each" "<= $limit B" "$(verdict "$bytes" "$limit" "$errors")"
}

links() {
  local cores slowest errors settled=5
  start_node cluster clustersRole=2 || return 1
  line=$(dotnet "$benchmarks" links \
    --port "$cluster_port" --pid "$server_pid" --links "$LINKS" --seconds "$LINKS_SECONDS" --warmup "$settled")
  [[ -n $line ]] || return 1
  cores=$(value cores "$line") slowest=$(value view_max_ms "$line") errors=$(value errors "$line")
  record links "$LINKS links, $(value per_s "$line") reports/s, generator $(value gen_cores "$line") cores" "$cores cores" "< 0.5 cores" "$(verdict "$cores" 0.499 "$errors")"
  record links "$(value views "$line") views of $(value view_bytes "$line") B, median $(value view_p50_ms "$line") ms" "$slowest ms at most" "<= 250 ms" "$(verdict "$slowest" 250 "$errors")"
}

commands() {
  local manager kind median lines
  start_node cluster clustersRole=2 node=manager || return 1
  manager=$cluster_port
  start_node business clustersRole=1 "clustersServer=[\"127.0.0.1:$manager\"]" worker.execution=threads || return 1
  next_port
  lines=$(dotnet "$benchmarks" commands --port "$manager" --spare "$last_port" --rounds "$COMMANDS") || return 1
  while read -r line; do
    kind=$(value kind "$line") median=$(value p50_ms "$line")
    record commands "$kind: $(value count "$line") of them, slowest $(value max_ms "$line") ms, a first one before them $(value first_ms "$line") ms" \
      "$median ms" "<= 100 ms" "$(verdict "$median" 100 0)"
  done <<<"$lines"
}

threads() {
  local program=${node[-1]} lines one ratio factor goal shown
  local -a ratios usual=("${node[@]}")
  [[ -f $program ]] || { say "threads: $program is no file; the handler has to lie beside the program"; return 1; }

  # A node of its own, so that the one of this source stays as it was built.
  cp -r "$(dirname "$program")" "$work/beside" && cp "$benchmarks" "$work/beside/" || return 1
  local -a node=("${usual[@]}")
  node[-1]="$work/beside/$(basename "$program")"
  start_node business worker.threads=1 worker.readerWriters=1 \
    'worker.handler="ClusterActors.Benchmarks.Threads.BlockingHandler, ClusterActors.Benchmarks"' || return 1
  lines=$(dotnet "$benchmarks" threads --port "$cluster_port" --clients "$CONNECTIONS" --rounds "$PAIRS" --seconds "$SECONDS_EACH") || return 1
  for factor in 2 4; do
    goal=1.8 ratios=() shown=''
    ((factor == 4)) && goal=3.4
    while read -r line; do
      one=$(value per_s_1 "$line")
      at_most "$one" 0 && { say 'threads: one thread answered nothing'; return 1; }
      ratios+=("$(awk -v a="$one" -v b="$(value per_s_$factor "$line")" 'BEGIN { printf "%.3f", b / a }')")
      shown+=" $(value per_s_$factor "$line")/$one"
    done <<<"$lines"
    ratio=$(median "${ratios[@]}")
    record threads "$factor threads/1, messages a second:$shown" "$(printf '%.2fx' "$ratio")" ">= ${goal}x" "$(verdict "$goal" "$ratio" 0)"
  done
}

# The line may begin with a time, a level and a source; "ready" must be the first word after them.
readonly READY_LINE='^(\[[^]]*\][: ]*|[0-9][0-9TZ:.,+-]*[: ]+|[A-Za-z]+(\[[0-9]+\])?: *)*ready([ :,.]|$)'

ready() {
  local try begun now seconds text found output
  local -a arguments=() all=()
  for ((try = 1; try <= READY_TRIES; try++)); do
    next_port; business_port=$last_port
    next_port; cluster_port=$last_port
    mapfile -t arguments < <(node_arguments "$business_port" "$cluster_port" worker.handler=echo)
    mkfifo "$work/ready.$try"
    begun=$EPOCHREALTIME
    (cd "$work" && exec "${node[@]}" "${arguments[@]}") >"$work/ready.$try" 2>&1 &
    server_pid=$!
    running+=("$server_pid")
    exec {output}<"$work/ready.$try"
    found=''
    while IFS= read -r -t 15 -u "$output" text; do
      now=$EPOCHREALTIME
      text=$(sed 's/\x1b\[[0-9;]*m//g' <<<"$text")
      if [[ $text =~ $READY_LINE ]]; then
        seconds=$(awk -v a="$begun" -v b="$now" 'BEGIN { printf "%.2f", b - a }')
        found=yes
        break
      fi
    done
    # What the node says while it leaves has to go somewhere.
    cat <&"$output" >/dev/null &
    local drain=$!
    exec {output}<&-
    stop_all
    wait "$drain" 2>/dev/null
    [[ -n $found ]] || { say "ready: no line starting with \"ready\" within 15 s"; return 1; }
    all+=("$seconds")
  done
  seconds=$(median "${all[@]}")
  record ready "from process start to the line, s: ${all[*]}" "$seconds s" "<= 2 s" "$(verdict "$seconds" 2 0)"
}

# ------------------------------------------------------------ run

build() {
  gcc -O2 -o "$work/wireload" "$here/wire/wireload.c" && gcc -O2 -pthread -o "$work/refserver" "$here/wire/refserver.c" \
    && gcc -O2 -o "$work/storeload" "$here/wire/storeload.c" || return 1
  if [[ -n $NODE_COMMAND ]]; then
    read -r -a node <<<"$NODE_COMMAND"
  else
    dotnet build -c Release -v quiet -nologo "$root/src/ClusterActors.Node/ClusterActors.Node.csproj" >&2 || return 1
    node=(dotnet "$root/src/ClusterActors.Node/bin/Release/net10.0/ClusterActors.Node.dll")
  fi
  dotnet build -c Release -v quiet -nologo "$here/ClusterActors.Benchmarks.csproj" >&2
}

print_table() {
  local row
  printf '\n%s, %s cores, %s\n\n' "$(uname -sr)" "$(nproc)" "$(date -u +%Y-%m-%dT%H:%MZ)"
  {
    printf 'scenario|measured|result|goal|verdict\n'
    for row in ${table[@]+"${table[@]}"}; do printf '%s\n' "$row"; done
  } | column -t -s '|' -o '   '
}

main() {
  local scenario
  local -a all=(reports echo-loop echo-threads websocket idle links commands threads authority store-local store-memory ready) chosen=("$@")
  ((${#chosen[@]})) || chosen=("${all[@]}")
  for scenario in "${chosen[@]}"; do
    [[ " ${all[*]} " == *" $scenario "* ]] && continue
    say "unknown scenario $scenario; allowed are ${all[*]}"
    exit 2
  done
  build || { say 'the build failed'; exit 2; }
  for scenario in "${chosen[@]}"; do
    say "$scenario"
    "${scenario//-/_}" || { record "$scenario" 'could not be measured' - - failed; }
    stop_all
  done
  print_table
  ((broken)) && exit 2
  exit "$missed"
}

main "$@"
