#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: slapd, ldap-utils, tcpdump, iproute2, python3).
# Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=ldap-captures-$$
work=$(mktemp -d)
pids=()
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; sleep 0.5; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
inside() { ip netns exec "$ns" "$@"; } # not for what runs in the background: that needs its own process id
mkdir "$work/db"
cat > "$work/slapd.conf" <<C
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=example,dc=com
rootdn cn=admin,dc=example,dc=com
rootpw secret
directory $work/db
C
admin=(-H ldap://127.0.0.1 -x -D cn=admin,dc=example,dc=com -w secret)
capture() { # NAME FUNCTION: the server counts its operations and results
  ip netns exec "$ns" slapd -f "$work/slapd.conf" -h ldap://127.0.0.1:389 -d stats 2> "$work/slapd.log" &
  local server=$!
  pids+=($server)
  sleep 1.5
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" port 389 2> "$work/tcpdump.log" &
  local dump=$!
  pids+=($dump)
  sleep 1
  "$2"
  sleep 1
  kill -TERM $dump; wait $dump || true
  kill $server; wait $server || true
  cp "$work/$1.pcap" "$1.pcap"
  python3 - "$work/slapd.log" "$1" <<'P'
import re, sys
operations, results = set(), 0
for line in open(sys.argv[1], errors="replace"):
    m = re.search(r"(conn=\d+ op=\d+) (\S+)", line)
    if not m: continue
    if m[2] in ("RESULT", "SEARCH"): results += 1
    else: operations.add(m[1])
open(sys.argv[2] + ".truth", "w").write(f"# slapd's own log of operations and results (-d stats): each operation is a request, each result a response.\nldap requests {len(operations)}\nldap responses {results}\n")
P
}
tree() { cat <<'L'
dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: uid=ada,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ada
cn: Ada Lovelace
sn: Lovelace
description:: R3LDvMOfZQ==
jpegPhoto:: /9j/4AAQSkY=

dn: uid=grace,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: grace
cn: Grace (Hopper)
sn: Hopper
L
}
operations() {
  tree | inside ldapadd "${admin[@]}" > /dev/null
  inside ldapsearch "${admin[@]}" -LLL -b dc=example,dc=com '(&(objectClass=inetOrgPerson)(|(cn=Ada*)(cn=*\28Hop*r\29))(!(uid=nobody))(sn>=A)(sn<=Z)(sn~=Hoper))' cn jpegPhoto > /dev/null
  inside ldapsearch "${admin[@]}" -LLL -b dc=example,dc=com -s one -z 10 -l 5 '(ou:caseIgnoreMatch:=people)' > /dev/null
  inside ldapsearch "${admin[@]}" -LLL -E pr=2/noprompt -b dc=example,dc=com > /dev/null
  inside ldapsearch "${admin[@]}" -LLL -b ou=none,dc=example,dc=com > /dev/null || true
  inside ldapsearch -H ldap://127.0.0.1 -x -LLL -s base -b '' supportedExtension > /dev/null
  printf 'dn: uid=ada,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: sn\nsn: King\n-\nadd: mail\nmail: ada@example.com\n-\ndelete: jpegPhoto\n' | inside ldapmodify "${admin[@]}" > /dev/null
  inside ldapcompare "${admin[@]}" uid=ada,ou=people,dc=example,dc=com sn:King > /dev/null || true
  inside ldapcompare "${admin[@]}" uid=ada,ou=people,dc=example,dc=com sn:Queen > /dev/null || true
  inside ldapmodrdn "${admin[@]}" -r uid=grace,ou=people,dc=example,dc=com uid=hopper
  inside ldapwhoami "${admin[@]}" > /dev/null
  inside ldappasswd "${admin[@]}" -s better uid=ada,ou=people,dc=example,dc=com
  inside ldapdelete "${admin[@]}" uid=hopper,ou=people,dc=example,dc=com
  inside ldapwhoami -H ldap://127.0.0.1 -x -D cn=admin,dc=example,dc=com -w wrong 2> /dev/null || true
  inside ldapadd "${admin[@]}" > /dev/null 2>&1 <<< $'dn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: people' || true
}
capture operations operations
