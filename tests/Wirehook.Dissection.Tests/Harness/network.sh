# Sourced by make.sh of captures: two network namespaces, $left and $right, joined by a veth pair, and a recorder. Needs root, iproute2 and tcpdump.
set -euo pipefail
left=wirehook-left-$$ right=wirehook-right-$$
scratch=$(mktemp -d)
started=()

cleanup() {
    local pid
    for pid in "${started[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    ip netns del "$left" 2>/dev/null || true
    ip netns del "$right" 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT

ip netns add "$left"
ip netns add "$right"
ip -n "$left" link add name v0 type veth peer name v0 netns "$right"
for side in "$left" "$right"; do
    ip -n "$side" link set lo up
    ip -n "$side" link set v0 up
done

# Starts a program in a namespace, to be ended at the exit.
start() {
    local where=$1
    shift
    ip netns exec "$where" "$@" >"$scratch/${1##*/}.log" 2>&1 &
    started+=($!)
}

# Records v0 of the left side into a file: record FILE [FILTER...]
record() {
    local file=$1
    shift
    : > "$scratch/tcpdump.log"
    ip netns exec "$left" tcpdump -Z root --immediate-mode -i v0 -U -s 0 -w "$file" "$@" 2>>"$scratch/tcpdump.log" &
    recorder=$!
    started+=($recorder)
    until grep -q 'listening on' "$scratch/tcpdump.log"; do sleep 0.1; done
}

# Ends the recording when its packets have arrived.
recorded() {
    sleep 1
    kill -TERM "$recorder"
    wait "$recorder" 2>/dev/null || true
}
