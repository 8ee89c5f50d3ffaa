# Part of run.sh: the servers it starts, on free ports of loopback, and how each of them is stopped by its id.
# shellcheck shell=bash disable=SC2034,SC2154

stop() { # PID... : SIGTERM, SIGKILL after 5 s; only processes this script started
  local pid tries
  for pid in "$@"; do
    kill -TERM "$pid" 2>/dev/null || continue
    for ((tries = 0; tries < 50; tries++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
  done
}

stop_all() {
  stop ${running[@]+"${running[@]}"}
  running=()
}

leave() {
  stop_all
  rm -rf "$work"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

next_port() { # sets last_port to a free one, below the range the system gives to clients
  last_port=$((last_port + 1))
  while is_open "$last_port"; do last_port=$((last_port + 1)); done
}

start() { # NAME PORT COMMAND... : sets server_pid once the port is open
  local name=$1 port=$2 tries
  shift 2
  (cd "$work" && exec "$@") >"$work/$name.log" 2>&1 &
  server_pid=$!
  running+=("$server_pid")
  for ((tries = 0; tries < 200; tries++)); do
    is_open "$port" && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  say "$name did not open port $port; its last lines:"
  tail -n 20 "$work/$name.log" >&2
  return 1
}

node_arguments() { # BUSINESS_PORT CLUSTER_PORT SETTING... : prints one argument per line
  local setting
  printf '%s\n' run --set "port=[$1]" --set "clustersPort=$2" --set "clustersServer=[\"127.0.0.1:$2\"]" --set node=bench \
    --set "dataDirectory=\"$work/data-$2\"" --set akkaPort=0
  shift 2
  for setting in "$@" $NODE_SETTINGS; do printf '%s\n' --set "$setting"; done
}

start_node() { # WAIT_FOR=business|cluster SETTING... : sets server_pid, business_port, cluster_port
  local wait_for=$1 arguments
  shift
  next_port; business_port=$last_port
  next_port; cluster_port=$last_port
  mapfile -t arguments < <(node_arguments "$business_port" "$cluster_port" "$@")
  local port=$business_port
  [[ $wait_for == cluster ]] && port=$cluster_port
  start "node-$port" "$port" "${node[@]}" "${arguments[@]}"
}

start_refserver() { # as many threads as the node has reader-writers by default: half of the cores
  local threads=$(($(nproc) / 2))
  next_port
  start refserver "$last_port" "$work/refserver" "$last_port" $((threads > 0 ? threads : 1))
}

start_kestrel() {
  next_port
  start kestrel "$last_port" dotnet "$benchmarks" kestrel "$last_port"
}
