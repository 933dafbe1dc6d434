# What scenarios with several registrars use besides lib.sh.

# watch - cspmonitor on h0 shows what rsplib's registrars report of themselves, by UDP and
# several times a second. So they are observed without hsdump: it poses as a registrar, and rsplib counts
# it among its peers for 10 s. A takeover that begins meanwhile waits for its acknowledgement, which never comes.
watch() { start status h0 stdbuf -oL cspmonitor -localaddress=10.1.0.254:2960 -compact -updateinterval=250; }
csp="-cspserver=10.1.0.254:2960 -cspinterval=250"
# status IDENTIFIER REGEX - the last that was shown of a component, such as: "2[1] PEs in 2 Pools, 2 Peers",
# where 2 are known, and 1 has its home there
status() { newest status "^P[REU] .$1 " && without_colours && [[ $line =~ $2 ]]; }
shopt -s extglob
without_colours() { line=${line//$'\e['*([0-9;])[[:alpha:]]/}; }
# each REGEX IDENTIFIER... - of all these
each() { local r=$1 i; shift; for i; do status "$i" "$r" || return 1; done; }
# any REGEX IDENTIFIER... - of one of these
any() { local r=$1 i; shift; for i; do ! status "$i" "$r" || return 0; done; return 1; }
# hang LABEL, resume LABEL
hang()   { say "kill -STOP $1"; kill -STOP "${pid[$1]}"; }
resume() { say "kill -CONT $1"; kill -CONT "${pid[$1]}"; }
# elements LABEL - leaves in $elements what our registrar said last of them: IDENTIFIER@HOME...
elements() { elements=(); newest "$1" '^[0-9:.]+ elements:([^;]*);' && elements=(${BASH_REMATCH[1]}); }
has() { elements "$1"; [ ${#elements[@]} = "$2" ]; }
# logged_by REGEX LABEL... - one of them
logged_by() { local r=$1 l; shift; for l; do ! logged "$l" "$r" || return 0; done; return 1; }
