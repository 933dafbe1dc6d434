# What scenarios use; it is read by "inside", in the guest. All waits end by a condition.
#
# A scenario is a file with these lines, and two functions:
#
#    # net HOSTS PATHS
#    # what it shows
#    # variants A B ...     if there are any: it is run once for each, and $variant says for which
#    # proves C29 PE1 ...   statements of docs/conformance.md that no test of the build can prove
#    scenario() { ... }     what is done, in the guest
#    expected() { ... }     prints which messages are expected; "run" compares them with the capture
#
# What is expected is one statement for each two hosts, with all their ASAP and ENRP messages:
#
#    h2 h1: >Registration <RegistrationResponse (>Registration <RegistrationResponse)*
#       (>Deregistration <DeregistrationResponse)?    # indented: it goes on; "#" begins a comment
#    h3>h1: HandleUpdateAdd+ HandleUpdateDelete{2}    # only what h3 sends; h1>h3 is another statement
#    order: h2>h1 Registration, h1>h[34] HandleUpdate.*, h1>h2 RegistrationResponse
#
# A statement is a regular expression of which the letters are messages, > from the first host and
# < from the second. It must match the whole of what these two said, while what others said does
# not matter, however they took turns. "any" is any message. Two hosts that are in no statement must not
# have talked, except h0 (hsdump) and multicast groups ("all"). Messages that come as time passes,
# or belong to the application, are looked at only by a statement that names them: KeepAlive KeepAliveAck Presence
# PresenceRequest Announce Csp DataPPID, and SCTP's Init Abort Shutdown. "order" is about all messages: such ones
# came in that order, with any others between; its parts are regular expressions of the usual kind.
#
# Types: Registration Deregistration RegistrationResponse RegistrationRejected DeregistrationResponse
# HandleResolution HandleResolutionResponse HandleResolutionRefused (with an error) KeepAlive KeepAliveHome (with flag H)
# KeepAliveAck Unreachable Announce Cookie CookieEcho BusinessCard AsapError; Presence PresenceRequest (a reply is
# required) HandleTableRequest OwnTableRequest (flag W) HandleTableResponse HandleTableRejected HandleUpdateAdd
# HandleUpdateDelete ListRequest ListResponse ListRejected InitTakeover InitTakeoverAck TakeoverServer EnrpError.
# What SCTP sends again counts once. NAME.messages has them all: frame, time, SOURCE>DESTINATION, type.
set -u
: "${classpath:=}"   # "run" has none, and only asks what is expected
# What is often expected.
# Who waits too long for an answer asks again, and who leaves may have renewed its registration just then.
registers='(>Registration+ <RegistrationResponse+)'
deregisters='(>Registration? >Deregistration+ <RegistrationResponse? <DeregistrationResponse+)'
resolves='(>HandleResolution+ <HandleResolutionResponse+)'
refused='(>HandleResolution+ <HandleResolutionRefused+)'
tables='(ListRequest|ListResponse|ListRejected|HandleTableRequest|OwnTableRequest|HandleTableResponse|HandleTableRejected)'
declare -A pid
failed=0
java="java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
node="$java -XX:SharedArchiveFile=${classpath%%.jar:*}.jsa Node"
session="${node% *} Session"

say()  { printf '%s %s\n' "$(date +%T.%3N)" "$*" >>"$out/$name.steps"; }
saw()  { say "saw: $*"; printf '%s\n' "$*" >>"$out/$name.saw"; }
fail() { say "FAILED: $*"; printf 'FAILED: %s\n' "$*" >>"$out/$name.saw"; failed=1; }
# check WHAT COMMAND... - WHAT is seen if the command succeeds, else the scenario failed
check() { local what=$1; shift; if "$@"; then saw "$what"; else fail "$what"; fi; }
never() { ! "$@"; }

# start LABEL HOST COMMAND... - in the background; its output goes to the log of LABEL
start() { local l=$1 h=$2; shift 2; say "$h\$ $* &   # $l"; pid[$l]=$(onbg "$h" "$out/$name.$l.log" "$@"); }
# stop LABEL... - as each is meant to be ended, one after the other: who is left has answered who went
stop()  { local l s; for l; do
      s=INT; grep -q java "/proc/${pid[$l]}/comm" 2>/dev/null && s=TERM
      say "kill -$s $l"; kill -$s "${pid[$l]}" 2>/dev/null; gone "$l"
   done; }
crash() { say "kill -9 $1"; kill -KILL "${pid[$1]}"; }
gone()  { until_ 30 test ! -d "/proc/${pid[$1]}" || { fail "$1 did not end"; kill -KILL "${pid[$1]}"; }; }
# until_ SECONDS COMMAND... - until the command succeeds. System calls are slow here, and the
# machine may be busy, so each wait lasts longer if need be. To start a program costs all the others
# 30 ms of the one processor that they share: what is asked again and again is asked of bash itself.
until_() { local end=$((SECONDS + 4 * $1)); shift; while ! "$@"; do [ $SECONDS -lt $end ] || return 1; pause 0.1; done; }
pause() { read -rt "$1" -u "$never" || :; }
exec {never}<> <(:)
log() { echo "$out/$name.$1.log"; }
# logged LABEL REGEX
logged() { local text=; read_log "$1"; in_lines "$text" "$2"; }
# read_log LABEL - leaves it in $text
read_log() { IFS= read -r -d '' text <"$out/$name.$1.log"; } 2>/dev/null
# in_lines TEXT REGEX - a line of the text has it, as for grep -E
in_lines() {
   local end=$'\n' regex=$2
   regex=${regex//.\*/[^$end]*}
   case $regex in ^*) regex="(^|$end)${regex#^}" ;; esac
   case $regex in *\\$) ;; *$) regex="${regex%$}($end|\$)" ;; esac
   [[ $1 =~ $regex ]]
}
# newest LABEL REGEX - leaves the last line that has it in $line, and its parts in BASH_REMATCH
newest() {
   local lines=() i; mapfile -t lines 2>/dev/null <"$out/$name.$1.log"
   for ((i = ${#lines[@]} - 1; i >= 0; i--)); do line=${lines[i]}; [[ $line =~ $2 ]] && return; done
   line=; return 1
}
# last LABEL REGEX - of the lines that begin with the time, the last one has it
last() { newest "$1" '^[0-9:.]+ (elements:|[A-Z]|[0-9]+ calls)' && [[ $line =~ $2 ]]; }
# await SECONDS LABEL REGEX - until the log of LABEL has it
await() { until_ "$1" logged "$2" "$3" || { fail "$2 never said '$3'"; return 1; }; }

# addresses HOST PORT [EACH] - IPv4 and IPv6, on all paths; rsplib wants the port behind the first only
addresses() { local p k=${1#h} a='' x; for ((p = 1; p <= paths; p++)); do
      for x in "10.$p.0.$k" "[fd00:0:0:$p::$k]"; do
         if [ -z "$a" ] || [ "${3:-}" ]; then x+=:$2; fi
         a+=${a:+,}$x
      done
   done; echo "$a"; }

# reactions LABEL REGEX - for each association that the kernel told to be lost, if REGEX came within 5 s: after how many ms
reactions() { awk -v regex="$2" '
   function ms(time, part) { split(time, part, /[:.]/); return ((part[1] * 60 + part[2]) * 60 + part[3]) * 1000 + part[4] }
   /COMM_LOST/ { lost[++losses] = ms($1) }
   $0 ~ regex { then[++times] = ms($1) }
   END { for (i = 1; i <= losses; i++) {
         least = 5001
         for (k in then) if (then[k] >= lost[i] - 1 && then[k] - lost[i] < least) least = then[k] - lost[i]
         if (least <= 5000) text = text (text == "" ? "" : ", ") (least < 0 ? 0 : least)
      }
      print text == "" ? "never" : text }' "$(log "$1")"; }

# ours: registrar LABEL HOST ID DIALECT TRANSPORT PEERS
registrar() { start "$1" "$2" $node registrar "$4" "$5" "$(addresses "$2" 3863 1)" "$(addresses "$2" 9901 1)" "$6" "$3"; }
serving() { await 60 "$1" 'state RUNNING'; }
# element LABEL HOST ID DIALECT TRANSPORT REGISTRARS POOL; user LABEL HOST DIALECT TRANSPORT REGISTRARS POOL
element() { start "$1" "$2" $node element "$4" "$5" "$6" "$7" "$3"; }
user()    { start "$1" "$2" $node user "$3" "$4" "$5" "$6"; }
# knows LABEL ELEMENT HOME - our registrar has that element at that home; ALL its elements in that order
knows() { last "$1" "elements:.* $2@$3"; }
lacks() { until_ 20 never last "$1" "elements:.* $2@"; }
# count LABEL WHAT - leaves in $count how many there are, as the log said last
count() { count=0; newest "$1" "([0-9]+) $2" && count=${BASH_REMATCH[1]}; }
at_least() { count "$1" "$2"; [ "$count" -ge "$3" ]; }
more_calls() { count "$1" calls; until_ 90 at_least "$1" calls $((count + $2)); }

# rsplib's: rsp_registrar LABEL HOST ID [OPTION]...
rsp_registrar() { local l=$1 h=$2 id=$3; shift 3
   start "$l" "$h" rspregistrar -logcolor=off -loglevel=4 -identifier="$id" -asap="$(addresses "$h" 3863)" -enrp="$(addresses "$h" 9901)" "$@"
   await 60 "$l" 'The registrar is ready'; }
# rsp_server LABEL HOST ID REGISTRAR [OPTION]...
rsp_server() { local l=$1 h=$2 id=$3 r=$4; shift 4
   start "$l" "$h" rspserver -logcolor=off -loglevel=4 -identifier="$id" -asapannounce=off -registrar="$r" "$@"; }
# dumped HOST REGEX - the handlespace of the registrar on HOST, as hsdump shows it, in one line
# A registrar of rsplib takes each hsdump for a registrar, so it is asked every two seconds at most.
dumped() { until [ $SECONDS -ge $((${dumped_at:--9} + 2)) ]; do pause 0.2; done; dumped_at=$SECONDS
   on h0 timeout -s INT -k 2 15 hsdump "10.1.0.${1#h}:9901" >"$out/$name.hsdump-$1.log" 2>&1 </dev/null
   dump_has "$@"; }
# dump_has HOST REGEX - what hsdump showed the last time
dump_has() { local text=; read_log "hsdump-$1"; [[ ${text//$'\n'/ } =~ $2 ]]; }

# The contract: what is the same whoever takes part. A scenario with the variants L1 (our registrar, elements and
# users of rsplib), L2 (the other way round), ours-sctp and ours-tcp uses these; POOLS is POOL=POLICY,...
case ${variant:-} in L1|L2) dialect=rsplib transport=sctp ;; ours-tcp) dialect=rfc transport=tcp ;; *) dialect=rfc transport=sctp ;; esac
contract_registrar() {  # LABEL, on h1
   if [ "$variant" = L2 ]; then
      rsp_registrar "$1" h1 0x11111111 -endpointkeepalivetransmissioninterval=1000 -endpointkeepalivetimeoutinterval=3000
   else registrar "$1" h1 0x11111111 $dialect $transport - && serving "$1"; fi; }
contract_element() {  # LABEL HOST ID POOLS
   local pool
   if [ "$variant" != L1 ]; then element "$1" "$2" "$3" $dialect $transport 10.1.0.1:3863 "$4"; return; fi
   for pool in ${4//,/ }; do
      rsp_server "$1-${pool%=*}" "$2" "$3" 10.1.0.1:3863 -pingpong -poolhandle="${pool%=*}" -policy="${pool#*=}" -rereginterval=4000
   done; }
contract_user() {  # LABEL HOST POOLS, without policies
   local pool
   if [ "$variant" != L1 ]; then user "$1" "$2" $dialect $transport 10.1.0.1:3863 "$3"; return; fi
   for pool in ${3//,/ }; do
      start "$1-$pool" "$2" pingpongclient -poolhandle="$pool" -interval=200 -logcolor=off -loglevel=4 -registrar=10.1.0.1:3863 -asapannounce=off
   done; }
contract_answered() {  # SECONDS LABEL POOL ID, a regular expression
   if [ "$variant" = L1 ]; then await "$1" "$2-$3" "Ack #.*from PE .$4"; else await "$1" "$2" " $3 answered by 0x$4"; fi; }
contract_labels() {  # LABEL... - what was started for these
   local l k; for l; do for k in "${!pid[@]}"; do [[ $k != "$l" && $k != "$l"-* ]] || echo "$k"; done; done; }
contract_stop() { stop $(contract_labels "$@"); }

tune() {  # quick detection by the kernel; private addresses go with IPv6 ones
   local h; for h in $(ip netns list | grep -o '^h[0-9]*'); do
      on "$h" sysctl -qw net.sctp.addr_scope_policy=2 net.sctp.rto_min=200 net.sctp.rto_initial=500 net.sctp.rto_max=1000 \
         net.sctp.path_max_retrans=2 net.sctp.association_max_retrans=8 net.sctp.hb_interval=1000
   done; }

# session_element LABEL HOST SERVICE REGISTRARS POOL ID - ours, of a service of rsplib
session_element() { start "$1" "$2" $session element "$3" rsplib sctp "$4" "$5" "$6"; }
