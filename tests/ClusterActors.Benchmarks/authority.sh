# Part of run.sh: what befalls the holder of management authority. The program starts the fleets itself, since it kills them too.
# shellcheck shell=bash disable=SC2154

authority() {
  local event detail setting
  local -a command=("${node[@]}" run)
  for setting in $NODE_SETTINGS; do command+=(--set "$setting"); done

  # In the background, so that a signal to this script is acted on at once: told to stop, the program ends its nodes.
  TMPDIR="$work" dotnet "$benchmarks" authority $AUTHORITY_EVENTS --rounds "$AUTHORITY_ROUNDS" --pause "$AUTHORITY_PAUSE" \
    --load "$AUTHORITY_LOAD" -- "${command[@]}" >"$work/authority.txt" &
  running+=("$!")
  wait "$!" || return 1
  running=()
  while read -r line; do
    event=$(value event "$line")
    detail="$(value count "$line") times, median $(value p50_ms "$line") ms"
    case $event in
      handover) detail+=", a first one of each $(value first_ms "$line") ms"; takeover 'commanded handover' 500 "$detail" ;;
      leave) takeover 'graceful stop of the holder' 500 "$detail" ;;
      kill) takeover 'kill -9 of the holder, lease 5 s' 6500 "$detail" ;;
      kill-short) takeover 'kill -9 of the holder, lease 2 s' 3000 "$detail" ;;
      pause) woken ;;
      load) loaded ;;
    esac
  done <"$work/authority.txt"
}

takeover() { # EVENT LIMIT DETAIL : the worst round counts, and that no request was lost
  local worst lost stale met
  worst=$(value max_ms "$line") lost=$(value lost "$line") stale=$(value stale "$line")
  met=$(verdict "$worst" $(($2 - 1)) 0)
  ((lost + stale)) && met=missed
  record authority "$1: $3; of $(value asked "$line") requests $lost lost, $stale stale" "$worst ms at most" "< $2 ms, none lost" "$met"
}

woken() {
  local accepted sent disturbed stale
  accepted=$(value accepted "$line") sent=$(value sent "$line") disturbed=$(value disturbed "$line") stale=$(value stale "$line")
  record authority "holder woken after $AUTHORITY_PAUSE s: $(value count "$line") times, $(value asked "$line") requests waited for it; successors disturbed $disturbed, stale allocations $stale" \
    "$accepted accepted, $sent passed on" '0 and 0' "$(verdict $((accepted + sent + disturbed + stale)) 0 0)"
}

loaded() {
  local step_downs gone
  step_downs=$(value step_downs "$line") gone=$(value gone "$line")
  record authority "full load for $(value seconds "$line") s, $(value cores "$line") of $(nproc) cores: $(value echoes "$line") echoes, $(value allocations "$line") allocations, $(value lost "$line") lost; unreachable $(value unreachable "$line"), late $(value late "$line")" \
    "$step_downs step-downs, $gone gone" '0 and 0' "$(verdict $((step_downs + gone)) 0 0)"
}
