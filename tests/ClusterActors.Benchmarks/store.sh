# Part of run.sh: the durable store of one worker (handler data, acks=local) against redis-server that syncs every write, and its memory.
# shellcheck shell=bash disable=SC2034,SC2154

readonly STORE_WIDTHS='1 16 128' # clients, one request in flight each
readonly STORE_ENTRIES=1000000
readonly STORE_WARM=4            # seconds of load that do not count: the just-in-time compiler settles
readonly STORE_MEMORY=300        # MB

on_a_disk() { # what is kept in memory is synced for nothing
  local kind
  kind=$(stat -f -c %T "$work")
  [[ $kind != tmpfs && $kind != ramfs ]] && return 0
  say "$work is on $kind: set TMPDIR to a folder on a disk"
  return 1
}

start_redis() { # durable as the store is: every write is synced before it is answered
  command -v redis-server >/dev/null || { say 'redis-server is not installed, and there is nothing to compare with (Debian: apt install redis-server)'; return 1; }
  next_port
  mkdir -p "$work/redis"
  start redis "$last_port" redis-server --port "$last_port" --bind 127.0.0.1 --dir "$work/redis" \
    --appendonly yes --appendfsync always --save '' --daemonize no
}

storeload() { # NAME OPTION... : sets line to what storeload printed
  local name=$1
  shift
  line=$("$work/storeload" --label "$name" "$@")
  [[ -n $line ]] || { say "storeload printed nothing for $name"; return 1; }
}

until_served() { # PORT OPTION... : until one request succeeds; the store may still be opening when the port is open
  local port=$1 tries
  shift
  for ((tries = 0; tries < 600; tries++)); do
    "$work/storeload" -p "$port" --count 1 "$@" >/dev/null 2>&1 && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.05
  done
  say "port $port serves nothing"
  return 1
}

store_pair() { # CLIENTS PAIR : Redis, then the node; adds to ratios, costs, shown_each, shown_cost, shown_median, shown_slow and errors
  local each cost p50 p99
  storeload redis -p "$redis_port" --redis -c "$1" -t "$SECONDS_EACH" --pid "$redis_pid" || return 1
  each=$(value per_s "$line") cost=$(value srv_cpu_us_each "$line") p50=$(value p50_us "$line") p99=$(value p99_us "$line")
  errors=$((errors + $(value errors "$line")))
  storeload node -p "$node_port" -c "$1" -t "$SECONDS_EACH" --pid "$node_pid" || return 1
  errors=$((errors + $(value errors "$line")))
  { at_most "$each" 0 || at_most "$cost" 0; } && { say 'redis-server did nothing that could be measured'; return 1; }
  ratios+=("$(awk -v a="$each" -v b="$(value per_s "$line")" 'BEGIN { printf "%.3f", b / a }')")
  costs+=("$(awk -v a="$cost" -v b="$(value srv_cpu_us_each "$line")" 'BEGIN { printf "%.3f", b / a }')")
  shown_each+=("$(value per_s "$line")/$each") shown_cost+=("$(value srv_cpu_us_each "$line")/$cost")
  shown_median+=("$(value p50_us "$line")/$p50") shown_slow+=("$(value p99_us "$line")/$p99")
  say "  store-local, $1 clients, pair $2: writes a second ${shown_each[-1]}, CPU us ${shown_cost[-1]}, median us ${shown_median[-1]}, p99 us ${shown_slow[-1]}"
}

store_local() {
  local redis_port redis_pid node_port node_pid clients pair errors ratio
  local -a ratios costs shown_each shown_cost shown_median shown_slow
  on_a_disk && start_redis || return 1
  redis_port=$last_port redis_pid=$server_pid
  start_node business worker.handler=data || return 1
  node_port=$business_port node_pid=$server_pid
  until_served "$node_port" || return 1
  for clients in $STORE_WIDTHS; do
    ratios=() costs=() shown_each=() shown_cost=() shown_median=() shown_slow=() errors=0
    storeload redis -p "$redis_port" --redis -c "$clients" -w 0 -t "$STORE_WARM" || return 1
    storeload node -p "$node_port" -c "$clients" -w 0 -t "$STORE_WARM" || return 1
    for ((pair = 1; pair <= STORE_PAIRS; pair++)); do
      store_pair "$clients" "$pair" || return 1
    done
    ratio=$(median "${ratios[@]}")
    record store-local "$clients clients, node/redis, writes a second: ${shown_each[*]}; median us: ${shown_median[*]}; p99 us: ${shown_slow[*]}" \
      "$(printf '%.2fx' "$ratio")" '>= 1.2x' "$(verdict 1.2 "$ratio" "$errors")"
    ratio=$(median "${costs[@]}")
    ((clients == 128)) && record store-local "$clients clients, node/redis, CPU us a write: ${shown_cost[*]}" \
      "$(printf '%.2fx' "$ratio")" '<= 0.7x' "$(verdict "$ratio" 0.7 "$errors")"
    say "  store-local, $clients clients: CPU a write $(printf '%.2fx' "$ratio") of Redis"
  done
}

resident_mb() { awk '/^VmRSS/ { printf "%.0f", $2 * 1024 / 1000000 }' "/proc/$1/status"; }

store_memory() {
  local empty full again begun seconds
  local -a settings=(worker.handler=data "dataDirectory=\"$work/store\"")
  on_a_disk || return 1
  start_node business "${settings[@]}" && until_served "$business_port" || return 1
  sleep "$SECONDS_EACH"
  empty=$(resident_mb "$server_pid")
  storeload node -p "$business_port" -c 16 -d 64 --count "$STORE_ENTRIES" || return 1
  full=$(resident_mb "$server_pid")
  stop "$server_pid"

  begun=$EPOCHREALTIME
  start_node business "${settings[@]}" && until_served "$business_port" --get || return 1
  seconds=$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
  storeload node -p "$business_port" -c 16 -t "$SECONDS_EACH" --get --keys "$STORE_ENTRIES" || return 1
  again=$(resident_mb "$server_pid")
  say "  store-memory: empty $empty MB, filled $full MB, started again $again MB after $seconds s"
  record store-memory "$STORE_ENTRIES entries of 100 bytes written: $full MB, empty $empty MB" \
    "$((full - empty)) MB more" "< $STORE_MEMORY MB" "$(verdict $((full - empty)) $((STORE_MEMORY - 1)) "$(value errors "$line")")"
  record store-memory "started with them, $seconds s until one is read; after $(value done "$line") reads: $again MB" \
    "$((again - empty)) MB more" "< $STORE_MEMORY MB" "$(verdict $((again - empty)) $((STORE_MEMORY - 1)) "$(value errors "$line")")"
}
