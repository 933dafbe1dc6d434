# What scenarios use; it is read by "inside", in the guest. All waits end by a condition.
set -u
declare -A pid
failed=0
java="java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

say()  { printf '%s %s\n' "$(date +%T.%3N)" "$*" >>"$out/$name.steps"; }
saw()  { say "saw: $*"; printf '%s\n' "$*" >>"$out/$name.saw"; }
fail() { say "FAILED: $*"; printf 'FAILED: %s\n' "$*" >>"$out/$name.saw"; failed=1; }
# check WHAT COMMAND... - WHAT is seen if the command succeeds, else the scenario failed
check() { local what=$1; shift; if "$@"; then saw "$what"; else fail "$what"; fi; }
never() { ! "$@"; }

# start LABEL HOST COMMAND... - in the background; its output goes to the log of LABEL
start() { local l=$1 h=$2; shift 2; say "$h\$ $* &   # $l"; pid[$l]=$(onbg "$h" "$out/$name.$l.log" "$@"); }
# stop LABEL... - as each is meant to be ended
stop()  { local l s; for l; do
      s=INT; grep -q java "/proc/${pid[$l]}/comm" 2>/dev/null && s=TERM
      say "kill -$s $l"; kill -$s "${pid[$l]}" 2>/dev/null
   done; for l; do gone "$l"; done; }
crash() { say "kill -9 $1"; kill -KILL "${pid[$1]}"; }
gone()  { until_ 30 test ! -d "/proc/${pid[$1]}" || { fail "$1 did not end"; kill -KILL "${pid[$1]}"; }; }
# until_ SECONDS COMMAND... - until the command succeeds. System calls are slow here, and the
# machine may be busy, so each wait lasts longer if need be.
until_() { local end=$((SECONDS + 4 * $1)); shift; while ! "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.1; done; }
log() { echo "$out/$name.$1.log"; }
# logged LABEL REGEX
logged() { grep -qE -- "$2" "$(log "$1")"; }
# last LABEL REGEX - of the lines that begin with the time, the last one has it
last() { grep -E '^[0-9:.]+ (elements:|[A-Z]|[0-9]+ calls)' "$(log "$1")" | tail -1 | grep -qE -- "$2"; }
# await SECONDS LABEL REGEX - until the log of LABEL has it
await() { until_ "$1" logged "$2" "$3" || { fail "$2 never said '$3'"; return 1; }; }

# addresses HOST PORT [EACH] - IPv4 and IPv6, on all paths; rsplib wants the port behind the first only
addresses() { local p k=${1#h} a='' x; for ((p = 1; p <= paths; p++)); do
      for x in "10.$p.0.$k" "[fd00:0:0:$p::$k]"; do
         if [ -z "$a" ] || [ "${3:-}" ]; then x+=:$2; fi
         a+=${a:+,}$x
      done
   done; echo "$a"; }

# ours: registrar LABEL HOST ID DIALECT TRANSPORT PEERS
registrar() { start "$1" "$2" $java -cp "$classpath" Node registrar "$4" "$5" "$(addresses "$2" 3863 1)" "$(addresses "$2" 9901 1)" "$6" "$3"; }
serving() { await 60 "$1" 'state RUNNING'; }
# element LABEL HOST ID DIALECT TRANSPORT REGISTRARS POOL; user LABEL HOST DIALECT TRANSPORT REGISTRARS POOL
element() { start "$1" "$2" $java -cp "$classpath" Node element "$4" "$5" "$6" "$7" "$3"; }
user()    { start "$1" "$2" $java -cp "$classpath" Node user "$3" "$4" "$5" "$6"; }
# knows LABEL ELEMENT HOME - our registrar has that element at that home; ALL its elements in that order
knows() { last "$1" "elements:.* $2@$3"; }
lacks() { until_ 20 never last "$1" "elements:.* $2@"; }
# calls LABEL - how many calls our user made
calls() { grep -oE '[0-9]+ calls' "$(log "$1")" | tail -1 | grep -oE '[0-9]+'; }
more_calls() { local n=$(($(calls "$1") + $2)); until_ 90 at_least "$1" "$n"; }
at_least() { [ "$(calls "$1")" -ge "$2" ]; }

# rsplib's: rsp_registrar LABEL HOST ID [OPTION]...
rsp_registrar() { local l=$1 h=$2 id=$3; shift 3
   start "$l" "$h" rspregistrar -logcolor=off -loglevel=4 -identifier="$id" -asap="$(addresses "$h" 3863)" -enrp="$(addresses "$h" 9901)" "$@"
   await 60 "$l" 'The registrar is ready'; }
# rsp_server LABEL HOST ID REGISTRAR [OPTION]...
rsp_server() { local l=$1 h=$2 id=$3 r=$4; shift 4
   start "$l" "$h" rspserver -logcolor=off -loglevel=4 -identifier="$id" -asapannounce=off -registrar="$r" "$@"; }
# dumped HOST REGEX - the handlespace of the registrar on HOST, as hsdump shows it, in one line
# A registrar of rsplib takes each hsdump for a registrar, so it is asked every two seconds at most.
dumped() { until [ $SECONDS -ge $((${dumped_at:--9} + 2)) ]; do sleep 0.2; done; dumped_at=$SECONDS
   on h0 timeout -s INT -k 2 15 hsdump "10.1.0.${1#h}:9901" >"$out/$name.hsdump-$1.log" 2>&1 </dev/null
   tr '\n' ' ' <"$out/$name.hsdump-$1.log" | grep -qE -- "$2"; }

tune() {  # quick detection by the kernel; private addresses go with IPv6 ones
   local h; for h in $(ip netns list | grep -o '^h[0-9]*'); do
      on "$h" sysctl -qw net.sctp.addr_scope_policy=2 net.sctp.rto_min=200 net.sctp.rto_initial=500 net.sctp.rto_max=1000 \
         net.sctp.path_max_retrans=2 net.sctp.association_max_retrans=8 net.sctp.hb_interval=1000
   done; }

# session_element LABEL HOST SERVICE REGISTRARS POOL ID - ours, of a service of rsplib
session_element() { start "$1" "$2" $java -cp "$classpath" Session element "$3" rsplib sctp "$4" "$5" "$6"; }
