# What scenarios with several registrars use besides lib.sh.

# watch - cspmonitor on h0 shows what rsplib's registrars report of themselves, by UDP and
# several times a second. So they are observed without hsdump: it poses as a registrar, and rsplib counts
# it among its peers for 10 s. A takeover that begins meanwhile waits for its acknowledgement, which never comes.
watch() { start status h0 stdbuf -oL cspmonitor -localaddress=10.1.0.254:2960 -compact -updateinterval=250; }
csp="-cspserver=10.1.0.254:2960 -cspinterval=250"
# status IDENTIFIER REGEX - the last that was shown of a component, such as: "2[1] PEs in 2 Pools, 2 Peers",
# where 2 are known, and 1 has its home there
status() { grep -aE "^P[REU] .$1 " "$(log status)" | tail -1 | sed 's/\x1b\[[0-9;]*[A-Za-z]//g' | grep -qE -- "$2"; }
# each REGEX IDENTIFIER... - of all these
each() { local r=$1 i; shift; for i; do status "$i" "$r" || return 1; done; }
# any REGEX IDENTIFIER... - of one of these
any() { local r=$1 i; shift; for i; do ! status "$i" "$r" || return 0; done; return 1; }
# hang LABEL, resume LABEL
hang()   { say "kill -STOP $1"; kill -STOP "${pid[$1]}"; }
resume() { say "kill -CONT $1"; kill -CONT "${pid[$1]}"; }
# last_line LABEL - what our registrar said last of elements and peers
last_line() { grep -E '^[0-9:.]+ elements:' "$(log "$1")" | tail -1; }
# logged_by REGEX LABEL... - one of them
logged_by() { local r=$1 l; shift; for l; do ! logged "$l" "$r" || return 0; done; return 1; }
