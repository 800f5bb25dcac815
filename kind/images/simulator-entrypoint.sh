#!/bin/sh
# Becomes sim; for "sim hosts" with NET_ADMIN handed on to it and to the "ip" that it runs.
if [ "${1:-}" != hosts ]; then exec /opt/harness/sim "$@"; fi
granted=$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status)
if [ $((0x$granted >> 12 & 1)) -eq 0 ]; then
  echo "simulator: 'hosts' gives this container the addresses of its instances and needs a capability for it: docker run --cap-add NET_ADMIN …" >&2
  exit 3
fi
[ "$(id -u)" -ne 0 ] || exec /opt/harness/sim "$@"
exec setpriv-net-admin --inh-caps +net_admin --ambient-caps +net_admin /opt/harness/sim "$@"
